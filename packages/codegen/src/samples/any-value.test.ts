import { execFileSync } from 'node:child_process'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listOperations, type OpenApiDocument } from '../spec/document.ts'
import { listSamples } from './list-samples.ts'

const words = fc.constantFrom(
  "it's",
  '"',
  '\\',
  `\`\${a}\``,
  '$HOME',
  '$(echo)',
  '\n',
  '@file',
  '__proto__',
  '%s',
  'é',
  '{{1}}',
)
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    words,
    fc.jsonValue({ maxDepth: 0 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(words, fc.string()), tie('value'), { maxKeys: 3 }),
  ),
}))
// What programs cannot tell from no body at all has no sample.
const body = value.filter((one) => one !== null)

function sourceOf(example: unknown, wanted: string): string {
  const document: OpenApiDocument = {
    openapi: '3.1.0',
    servers: [{ url: 'https://acme.example' }],
    paths: { '/': { post: { requestBody: { content: { 'application/json': { example } } }, responses: {} } } },
  }
  const client = { package: '@acme/api', factory: 'createClient', variable: 'api' }
  const [entry] = listOperations(document)
  const samples = entry ? listSamples(document, entry, client).flatMap((request) => request.samples) : []
  return samples.find(({ lang }) => lang === wanted)?.source ?? ''
}

test('whatever JSON can hold, the program in JavaScript sends it', async () => {
  const property = fc.asyncProperty(body, async (example) => {
    const sent: unknown[] = []
    const fetch = async (_: string, init: { body: string }) => sent.push(JSON.parse(init.body)) && { ok: true }
    await runInNewContext(`(async () => {${sourceOf(example, 'JavaScript')}})()`, { fetch, console: { log: () => {} } })
    expect(sent).toEqual([JSON.parse(JSON.stringify(example))])
  })
  await fc.assert(property, { numRuns: 300, seed: 1 })
})

test('whatever JSON can hold, a shell gives it to curl', () => {
  // A shell's words end where a NUL would be; JSON has it escaped.
  const examples = fc.sample(body, { numRuns: 200, seed: 1 })
  const programs = examples.map((example) => sourceOf(example, 'Shell'))
  const show = 'curl() { while [ "$1" != --data ]; do shift; done; printf "%s\\0" "$2"; }'
  const shown = execFileSync('sh', { input: [show, ...programs].join('\n'), encoding: 'utf8' })
  expect(
    shown
      .split('\0')
      .slice(0, -1)
      .map((text): unknown => JSON.parse(text)),
  ).toEqual(examples.map((example): unknown => JSON.parse(JSON.stringify(example))))
})
