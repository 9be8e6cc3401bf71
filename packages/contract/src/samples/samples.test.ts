import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inspect, isDeepStrictEqual, promisify } from 'node:util'
import { servers } from '@minimo/api-types'
import { schemas } from '@minimo/api-types/schemas'
import { listParameters, type OperationEntry } from 'codegen/document'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createAnswerSchemas } from '../answer-schemas.ts'
import { examplesOf, readSpec, specFile } from '../spec.ts'
import { describeLanguages, sampleLanguages } from './describe-languages.ts'
import type { Language } from './languages.ts'
import { isPrinted } from './printed.ts'
import { findCase, openSandbox } from './sample-state.ts'
import { listShippedSamples, type ShippedSample } from './shipped-samples.ts'
import type { Answer } from './start-proxy.ts'
import { startTrustedProxy, type TrustedProxy } from './trusted-proxy.ts'

const spec = readSpec(specFile)
const samples = listShippedSamples(spec)
const answerSchemas = createAnswerSchemas(schemas)
const tsc = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url))

/** What samples are answered, by their key. */
const answers = new Map<string, Answer>()
let proxy: TrustedProxy

beforeAll(async () => {
  proxy = await startTrustedProxy(Object.values(servers), async (url, init) => {
    const key = /^Bearer (.*)$/.exec(new Headers(init.headers).get('authorization') ?? '')?.[1] ?? ''
    return (await answers.get(key)?.(url, init)) ?? new Response('No sample has this key.', { status: 401 })
  })
})

afterAll(() => proxy?.close())

/** Runs a sample in the state it needs, and tells what is wrong with it; empty where nothing is. */
async function findFaults(sample: ShippedSample, language: Language): Promise<string[]> {
  const key = `mn-1-${crypto.randomUUID()}`
  const sandbox = await openSandbox(spec, sample, key)
  const exchanged: { status: number; body: string; sent: unknown }[] = []
  answers.set(key, async (url, init) => {
    const response = await sandbox.fetch(url, init)
    const sent = [init.method, url, init.body ? JSON.parse(String(init.body)) : undefined]
    exchanged.push({ status: response.status, body: await response.clone().text(), sent })
    return response
  })
  const { exitCode, stdout, stderr } = await proxy.workplace.run(sample.source, language, {
    ...proxy.environment,
    MINIMO_API_KEY: key,
  })
  await sandbox.close()
  const [answer] = exchanged
  if (!answer || exchanged.length > 1) return [`it made ${exchanged.length} requests, not one: ${stderr}`]
  const { status } = findCase(sample).expect
  const documented = documentedRequest(sample)
  return [
    ...(isDeepStrictEqual(answer.sent, documented)
      ? []
      : [`it sent ${inspect(answer.sent)}, not ${inspect(documented)}`]),
    ...(exitCode === 0 ? [] : [`it ended with ${exitCode}: ${stderr}`]),
    ...(answer.status === status ? [] : [`it was answered with ${answer.status}, not ${status}: ${answer.body}`]),
    ...answerSchemas.violations(
      sample.entry.id,
      answer.status,
      answer.body === '' ? undefined : JSON.parse(answer.body),
    ),
    ...(isPrinted(sample.lang, answer, stdout) ? [] : [`it did not print its answer ${answer.body}, but ${stdout}`]),
  ]
}

/** The request that the description's examples make up. */
function documentedRequest({ entry, example }: ShippedSample): unknown[] {
  const path = listParameters(spec, entry).reduce(
    (filled, { name, example: value }) => filled.replace(`{${name}}`, encodeURIComponent(String(value))),
    entry.path,
  )
  const { requestBody } = entry.operation
  const body = example === undefined ? undefined : examplesOf(spec, requestBody)[example]
  return [entry.method.toUpperCase(), serverUrl(entry) + path, body]
}

const serverUrl = ({ operation, pathItem }: OperationEntry) =>
  (operation.servers ?? pathItem.servers ?? spec.servers ?? [])[0]?.url

const titleOf = ({ entry, example = '' }: ShippedSample) => `${entry.id} ${example}`.trim()

it('every operation has a sample in each language for each example of its body', () => {
  const bodies = Object.values(Object.groupBy(samples, ({ entry, example }) => `${entry.id} ${example}`))
  expect(bodies.map((group) => group?.map(({ lang }) => lang))).toEqual(bodies.map(() => sampleLanguages))
  expect(new Set(samples.map(({ entry }) => entry.id)).size).toBe(Object.keys(schemas.operations).length)
})

await describeLanguages((name, language) => {
  const own = samples.filter(({ lang }) => lang === name)

  it.concurrent.each(own.map((sample) => [titleOf(sample), sample] as const))(
    '%s runs as it stands and is answered as documented',
    async (_, sample) => expect(await findFaults(sample, language)).toEqual([]),
  )

  it('one that sends what the spec does not allow is found, and its exit code says that it failed', async () => {
    const sample = own.find(({ entry, example }) => entry.id === 'createCustomField' && example === 'textField')
    if (!sample) return expect.fail('There is no such sample.')
    const broken = { ...sample, source: sample.source.replace(/(['"])text\1/, '$1colour$1') }
    const faults = await findFaults(broken, language)
    expect(faults[0]).toMatch(/^it sent .*'colour'/s)
    expect(faults[1]).toMatch(/^it ended with [1-9]/)
    expect(faults[2]).toContain('it was answered with 422, not 201')
  })
})

it('samples in TypeScript pass the compiler in its strictest mode', async () => {
  const folder = join(proxy.workplace.folder, 'types')
  await mkdir(folder)
  const own = samples.filter(({ lang }) => lang === 'TypeScript')
  await Promise.all(own.map(({ source }, index) => writeFile(join(folder, `${index}.mts`), source)))
  const compilerOptions = {
    ...{ module: 'nodenext', target: 'es2024', lib: ['es2024', 'dom'], types: [], noEmit: true },
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  const compiled = promisify(execFile)(tsc, ['-p', folder]).catch(({ stdout }) => ({ stdout }))
  expect((await compiled).stdout).toBe('')
})
