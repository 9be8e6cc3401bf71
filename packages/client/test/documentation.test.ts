import { readdirSync, readFileSync } from 'node:fs'
import { operations } from '@minimo/api-types'
import { expect, it } from 'vitest'
import type { OperationRow } from '../src/core/call.ts'

const folder = new URL('../src/resources/', import.meta.url)
const source = readdirSync(folder)
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n')

/** Each documentation comment with the method that it stands on. */
const documented = [...source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+)\([^)]*\): Promise</g)]

const rows = operations as object as Record<string, OperationRow>

it.each(Object.entries(rows))('T3: a documented method names the operation %s as the table has it', (id, row) => {
  const comments = documented.map(([, comment = '']) => comment).filter((comment) => comment.includes(`\`${id}\``))
  expect(comments.length).toBeGreaterThan(0)
  for (const comment of comments) {
    expect(comment).toContain(`@see Operation \`${id}\`: ${row.method} ${row.path}`)
    expect(comment.includes('@deprecated')).toBe(row.deprecated === true)
  }
})

it('T3: every method is documented, and says which operation it calls', () => {
  const methods = [...source.matchAll(/^ {2}(\w+)\([^)]*\): Promise</gm)].map(([, name]) => name)
  expect(documented.map(([, , name]) => name)).toEqual(methods)
  for (const [, comment] of documented) expect(comment).toMatch(/@see Operation `\w+`: [A-Z]+ \//)
})

/** Codes such as R7 at the start of what a test or a comment says. */
const codesIn = (text: string) => [...text.matchAll(/\b[CPSERGT]\d{1,2}\b(?=[:,])/g)].map(([code]) => code)

it('each code in a test is explained in BEHAVIOUR.md, and each that is explained there is tested', () => {
  const root = new URL('../', import.meta.url)
  // The matrix of runtimes and compilers tests the packed client.
  const files = ['src', 'test', '../conformance/src'].flatMap((name) =>
    readdirSync(new URL(`${name}/`, root), { recursive: true, encoding: 'utf8' }).map((file) => `${name}/${file}`),
  )
  const tests = files.filter((file) => /\.test(-d)?\.ts$/.test(file))
  const used = tests.flatMap((file) => codesIn(readFileSync(new URL(file, root), 'utf8')))
  const explained = [...readFileSync(new URL('BEHAVIOUR.md', root), 'utf8').matchAll(/^\| ([A-Z]\d+) /gm)]
  expect([...new Set(used)].sort()).toEqual(explained.map(([, code]) => code).sort())
})
