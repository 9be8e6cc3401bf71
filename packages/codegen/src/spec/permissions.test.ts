import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFolder } from '../../test/write-folder.ts'
import { createGate, permissionsOf } from './permissions.ts'

test.each<[string, string[], string, boolean]>([
  ['a file beside it', [], '/api/guest.yaml', true],
  ['a file below it', [], '/api/parts/guest.yaml', true],
  ['a file in another folder', [], '/shared/guest.yaml', false],
  ['a folder whose name begins like its own', [], '/api-secret/guest.yaml', false],
  ['a folder that is allowed', ['/shared'], '/shared/parts/guest.yaml', true],
  ['a file that is allowed', ['/shared/guest.yaml'], '/shared/guest.yaml', true],
  ['a file beside one that is allowed', ['/shared/guest.yaml'], '/shared/other.yaml', false],
  ['any URL', [], 'https://a.test/guest.yaml', false],
  ['a URL of a host that is allowed', ['https://a.test/'], 'https://a.test/v1/guest.yaml', true],
  ['a URL below a path that is allowed', ['https://a.test/v1'], 'https://a.test/v1/guest.yaml', true],
  ['a path that begins like one that is allowed', ['https://a.test/v1'], 'https://a.test/v10/guest.yaml', false],
  ['a host that begins like one that is allowed', ['https://a.test'], 'https://a.test.evil.test/guest.yaml', false],
  ['another scheme than is allowed', ['https://a.test/'], 'http://a.test/guest.yaml', false],
  ['a user before a host that is allowed', ['https://a.test/'], 'https://a.test@evil.test/guest.yaml', false],
  ['a URL of a file', [], 'file:///etc/hosts', false],
])('a spec in /api, and %s', (_, permissions, wanted, want) => {
  expect(createGate('/api/openapi.yaml', permissions)(wanted)).toBe(want)
})

test('a link leads out of a folder no less than a path does', () => {
  const elsewhere = writeFolder({ 'secret.yaml': '' })
  const folder = writeFolder({})
  symlinkSync(join(elsewhere, 'secret.yaml'), join(folder, 'link.yaml'))
  expect(createGate(join(folder, 'openapi.yaml'), [])(join(folder, 'link.yaml'))).toBe(false)
  expect(createGate(join(folder, 'openapi.yaml'), [elsewhere])(join(folder, 'link.yaml'))).toBe(true)
  expect(createGate(join(folder, 'openapi.yaml'), [])(join(folder, 'missing.yaml'))).toBe(true)
})

test('our own spec may refer to all of its repository, one of others stays in its folder', () => {
  const folder = writeFolder({ '.git/HEAD': '', 'openapi/a.yaml': '', 'shared/b.yaml': '' })
  const read = (rules: 'house' | 'vendor', allow?: string[]) => {
    const permissions = permissionsOf(
      { source: '../openapi/a.yaml', rules, ...(allow && { allow }) },
      join(folder, 'types'),
    )
    return createGate(join(folder, 'openapi/a.yaml'), permissions)(join(folder, 'shared/b.yaml'))
  }
  expect([read('house'), read('vendor'), read('vendor', ['../shared'])]).toEqual([true, false, true])
})
