import { expect, test } from 'vitest'
import { failureOf } from '../../test/failure-of.ts'

const specWith = (components: string) =>
  `openapi: 3.1.0\ninfo: { title: Odd, version: 1.0.0 }\npaths: {}\ncomponents: ${components}\n`
const holdsItself = 'Expected what an anchor holds to be without an alias to it. (yaml)'

/** Each level repeats the one before ten times. */
const laughs = Array.from({ length: 9 }, (_, level) => {
  const parts = Array.from({ length: 10 }, (_, part) => `p${part}: *l${level}`)
  return `    L${level + 1}: &l${level + 1} { properties: { ${parts.join(', ')} } }\n`
}).join('')

/** Properties that refer to each other in a row. */
const chain = (length: number) => {
  const links = Array.from(
    { length },
    (_, index) => `    S${index}:\n      properties: { next: { $ref: '#/components/schemas/S${index + 1}' } }\n`,
  )
  return `\n  schemas:\n${links.join('')}    S${length}: {}`
}

test.each<[string, Record<string, string>, string]>([
  [
    'an anchor that holds itself',
    { 'spec.yaml': specWith('{ schemas: { A: &a { properties: { me: *a } } } }') },
    `spec.yaml:4:48  ${holdsItself}`,
  ],
  [
    'an anchor that holds itself in another file',
    { 'spec.yaml': specWith("{ schemas: { A: { $ref: 'a.yaml#/A' } } }"), 'a.yaml': 'A: &a\n  allOf:\n    - *a\n' },
    `a.yaml:3:8  ${holdsItself}`,
  ],
  [
    'more repetition by aliases than memory holds',
    { 'spec.yaml': specWith(`\n  schemas:\n    L0: &l0 { type: object }\n${laughs}`) },
    'spec.yaml:12:56  Expected aliases to repeat at most 1000000 values; with this one they repeat 1135788. (yaml)',
  ],
  [
    'a row of references that is too long to follow',
    { 'spec.yaml': specWith(chain(6000)) },
    'spec.yaml:12006  Expected values and references within some thousand steps of each other; found this after 18003. (depth)',
  ],
])('%s is told with its place, not as a fault of the program', async (_, files, want) => {
  expect(await failureOf(files, 'vendor')).toBe(want)
})
