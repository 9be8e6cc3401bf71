import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const manual = readFileSync(new URL('../../client/README.md', import.meta.url), 'utf8')
const quoted = [...manual.matchAll(/<!-- (\S+), run by packages\/conformance -->\s+```\w+\n([\s\S]*?)```/g)]

it('the manual quotes houses', () => {
  expect(quoted.length).toBeGreaterThanOrEqual(5)
})

it.each(quoted.map(([, file = '', code]) => ({ file, code })))(
  'the manual quotes $file as it is run',
  ({ file, code }) => {
    expect(code).toBe(readFileSync(new URL(`../consumer/houses/${file}`, import.meta.url), 'utf8'))
  },
)
