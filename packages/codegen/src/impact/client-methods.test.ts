import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readClientMethods } from './client-methods.ts'

const write = (text: string) => {
  const file = join(mkdtempSync(join(tmpdir(), 'client-methods-')), 'methods.ts')
  writeFileSync(file, text)
  return file
}

test('the methods that a module exports are read from its source, also with types in it', async () => {
  const file = write(`import type { Id } from 'a-package-that-is-not-there'
export const methods = { listTags: ['tags.list', 'tags.all'] } as const satisfies Record<Id, readonly string[]>`)
  expect(await readClientMethods(file)).toEqual({ listTags: ['tags.list', 'tags.all'] })
})

test.each([
  'export const others = {}',
  "export const methods = { listTags: 'tags.list' }",
  'export const methods = null',
])('a module without lists of methods is refused, and shown how they are written: %s', async (text) => {
  const file = write(text)
  await expect(readClientMethods(file)).rejects.toThrow(`${file}: expected lists of methods by operationId, such as "`)
})

test('a module that cannot be imported is named, and so is the reason', async () => {
  const file = join(tmpdir(), 'no-such-methods.ts')
  await expect(readClientMethods(file)).rejects.toThrow(/no-such-methods\.ts: expected .*cannot be imported: .*no-such/)
})
