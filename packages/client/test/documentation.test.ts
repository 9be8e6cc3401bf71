import { readdirSync, readFileSync } from 'node:fs'
import { operations } from '@minimo/api-types'
import { expect, it } from 'vitest'
import type { OperationRow } from '../src/core/call.ts'
import { methods } from '../src/resources/methods.ts'
import { describeErrors, describeOperation } from './words-of-spec.ts'

const root = new URL('../', import.meta.url)

const rows = operations as object as Record<string, OperationRow>
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const listed = Object.entries(methods).flatMap(([id, names]) =>
  names.map((name) => {
    const [namespace = '', method = ''] = name.split('.')
    const file = `src/resources/${namespace.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`
    return { id, name, namespace, method, file }
  }),
)

it.each(listed)('T3: $name says on hover which operation it calls', ({ id, name, method, file }) => {
  const [, comment = ''] =
    new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*${method}\\([^)]*\\): Promise<`).exec(read(file)) ?? []
  const row = rows[id]
  const line = `@see Operation \`${id}\`: ${row?.method} ${row?.path}`
  expect(comment, `packages/client/${file}: expected a doc comment on ${name} with "${line}"`).toContain(line)
  const isDeprecated = row?.deprecated === true
  const tag = isDeprecated ? 'a @deprecated' : 'no @deprecated'
  expect(comment.includes('@deprecated'), `packages/client/${file}: expected ${tag} on ${name}`).toBe(isDeprecated)
})

it.each(listed)('$name says on hover what the spec says of its operation', ({ id, name, method, file }) => {
  const [, comment = ''] =
    new RegExp(`/\\*\\*((?:(?!\\*/)[^])*)\\*/\\s*${method}\\([^)]*\\): Promise<`).exec(read(file)) ?? []
  const flat = (text: string) => text.replace(/^ *\*/gm, '').replace(/\s+/g, ' ').trim()
  const place = `packages/client/${file}, ${name}`
  expect(flat(comment), place).toContain(flat(describeOperation(id)))
  expect(flat(comment), place).toContain(describeErrors(id))
})

it.each(listed)('the README lists $name', ({ name, namespace, method }) => {
  const row = new RegExp(`^\\| \`${namespace}\` .*`, 'm').exec(read('README.md'))?.[0] ?? ''
  expect(row, `packages/client/README.md: expected ${name} in the table under "Methods"`).toContain(`\`${method}(`)
})

/** Codes such as R7 at the start of what a test or a comment says. */
const codesIn = (text: string) => [...text.matchAll(/\b[CPSERGT]\d{1,2}\b(?=[:,])/g)].map(([code]) => code)

it('each code in a test is explained in BEHAVIOUR.md, and each that is explained there is tested', () => {
  // The matrix of runtimes and compilers tests the packed client.
  const files = ['src', 'test', '../conformance/src'].flatMap((name) =>
    readdirSync(new URL(`${name}/`, root), { recursive: true, encoding: 'utf8' }).map((file) => `${name}/${file}`),
  )
  const tests = files.filter((file) => /\.test(-d)?\.ts$/.test(file))
  const used = tests.flatMap((file) => codesIn(read(file)))
  const explained = [...read('BEHAVIOUR.md').matchAll(/^\| ([A-Z]\d+) /gm)]
  expect([...new Set(used)].sort()).toEqual(explained.map(([, code]) => code).sort())
})
