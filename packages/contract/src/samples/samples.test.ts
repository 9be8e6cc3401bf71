import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { servers } from '@minimo/api-types'
import { schemas } from '@minimo/api-types/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAnswerSchemas } from '../answer-schemas.ts'
import { readSpec, specFile } from '../spec.ts'
import { createCertificate } from './certificate.ts'
import { findLanguages } from './languages.ts'
import { isPrinted } from './printed.ts'
import { createWorkplace, proxyEnvironment, type Workplace } from './run-sample.ts'
import { findCase, openSandbox } from './sample-state.ts'
import { listShippedSamples, type ShippedSample } from './shipped-samples.ts'
import { type Answer, type RunningProxy, startProxy } from './start-proxy.ts'

const spec = readSpec(specFile)
const samples = listShippedSamples(spec)
const languages = await findLanguages()
const answerSchemas = createAnswerSchemas(schemas)
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url))
const hosts = Object.values(servers).map((url) => new URL(url).host)

/** What samples are answered, by their key. */
const answers = new Map<string, Answer>()
let workplace: Workplace
let proxy: RunningProxy
let trusted: Readonly<Record<string, string>>

beforeAll(async () => {
  const certificate = await createCertificate(hosts)
  workplace = await createWorkplace(modules)
  const authorityFile = join(workplace.folder, 'authority.pem')
  await writeFile(authorityFile, certificate.authority)
  proxy = await startProxy(hosts, certificate, async (url, init) => {
    const key = /^Bearer (.*)$/.exec(new Headers(init.headers).get('authorization') ?? '')?.[1] ?? ''
    return (await answers.get(key)?.(url, init)) ?? new Response('No sample has this key.', { status: 401 })
  })
  trusted = proxyEnvironment(proxy.url, authorityFile)
})

afterAll(async () => {
  await proxy?.close()
  await workplace?.remove()
})

/** Runs a sample in the state it needs, and tells what is wrong with it; empty where nothing is. */
async function findFaults(sample: ShippedSample): Promise<string[]> {
  const language = languages[sample.lang]
  if (!language) return [`${sample.lang} is no language that is run here`]
  const key = `mn-1-${crypto.randomUUID()}`
  const sandbox = await openSandbox(spec, sample, key)
  const exchanged: { status: number; body: string }[] = []
  answers.set(key, async (url, init) => {
    const response = await sandbox.fetch(url, init)
    exchanged.push({ status: response.status, body: await response.clone().text() })
    return response
  })
  const { exitCode, stdout, stderr } = await workplace.run(sample.source, language, { ...trusted, MINIMO_API_KEY: key })
  await sandbox.close()
  const [answer] = exchanged
  if (!answer || exchanged.length > 1) return [`it made ${exchanged.length} requests, not one: ${stderr}`]
  const { status } = findCase(sample).expect
  return [
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

const titleOf = ({ entry, example = '' }: ShippedSample) => `${entry.id} ${example}`.trim()

it('every operation has a sample in each language for each example of its body', () => {
  const bodies = Object.values(Object.groupBy(samples, ({ entry, example }) => `${entry.id} ${example}`))
  expect(bodies.map((group) => group?.map(({ lang }) => lang))).toEqual(bodies.map(() => Object.keys(languages)))
  expect(new Set(samples.map(({ entry }) => entry.id)).size).toBe(Object.keys(schemas.operations).length)
})

describe.each(Object.entries(languages))('%s', (lang, { command, needs }) => {
  const own = samples.filter((sample) => sample.lang === lang)
  if (!command) {
    if (process.env.CI) it('is run', () => expect.fail(`Expected ${needs}; found none in PATH.`))
    else it.skip(`is not run here: it needs ${needs}`)
    return
  }

  it.concurrent.each(own.map((sample) => [titleOf(sample), sample] as const))(
    '%s runs as it stands and is answered as documented',
    async (_, sample) => expect(await findFaults(sample)).toEqual([]),
  )

  it('one that sends what the spec does not allow is found, and its exit code says that it failed', async () => {
    const sample = own.find(({ entry, example }) => entry.id === 'createCustomField' && example === 'textField')
    if (!sample) return expect.fail('There is no such sample.')
    const broken = { ...sample, source: sample.source.replace(/(['"])text\1/, '$1colour$1') }
    const faults = await findFaults(broken)
    expect(faults[0]).toMatch(/^it ended with [1-9]/)
    expect(faults[1]).toContain('it was answered with 422, not 201')
  })
})

it('samples in TypeScript pass the compiler in its strictest mode', async () => {
  const folder = join(workplace.folder, 'types')
  await mkdir(folder)
  const own = samples.filter(({ lang }) => lang === 'TypeScript')
  await Promise.all(own.map(({ source }, index) => writeFile(join(folder, `${index}.mts`), source)))
  const compilerOptions = {
    ...{ module: 'nodenext', target: 'es2024', lib: ['es2024', 'dom'], types: [], noEmit: true },
    ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
  }
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  const compiled = promisify(execFile)(join(modules, '.bin/tsc'), ['-p', folder]).catch(({ stdout }) => ({ stdout }))
  expect((await compiled).stdout).toBe('')
})
