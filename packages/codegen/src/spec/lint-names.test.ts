import { join } from 'node:path'
import { expect, test } from 'vitest'
import { failureOf } from '../../test/failure-of.ts'
import { house, replacePiece } from '../../test/fixtures.ts'
import { writeFolder } from '../../test/write-folder.ts'
import { loadSpec } from './load.ts'

const words = 'Changes the guest with this id.'

test.each([
  ['an operation, with and without backticks', 'What `getGuest` gives, updateGuest changes.'],
  ['a schema', 'Changes a `Guest`.'],
  ['a key of a security scheme, a value of a field', 'Needs bearerAuth; has 401 `unauthorized`.'],
  ['the names of others', 'Works on iPhone, macOS, GitHub, with OpenAPI, eBay and WhatsApp.'],
  ['a capital without backticks', 'Visitor. Visitors are guests.'],
  ['code of more than a name', 'Send `{ Visitor: 1 }`, `Retry-After` or `GET /Visitor`.'],
  ['an address', 'See https://example.com/docs/findGuest and anna.findGuest@example.com.'],
])('a description may hold %s', async (_, description) => {
  const folder = writeFolder({ 'spec.yaml': replacePiece(house, words, `'${description}'`) })
  await expect(loadSpec(join(folder, 'spec.yaml'), 'house')).resolves.toBeDefined()
})

test.each<[string, string, string, string]>([
  ['the document', 'The smallest spec that follows every house rule.', 'See findGuest.', '5:16'],
  ['a tag', 'Those who stay.', 'See findGuest.', '17:34'],
  ['a parameter', 'The id of the guest.', 'See findGuest.', '31:24'],
  ['an example', 'summary: A guest', 'summary: See findGuest.', '44:28'],
  ['a response', 'The guest was changed.', 'See findGuest.', '80:24'],
])('a name that nothing has is found in the description of %s', async (_, piece, replacement, place) => {
  expect(await failureOf({ 'spec.yaml': replacePiece(house, piece, replacement) })).toBe(
    `spec.yaml:${place}  Expected descriptions to name what the document holds; found \`findGuest\`, ` +
      'which it does not: write today\u2019s name. (known-names)',
  )
})

test('a name is found beside a reference and in another file, once each, and may be held by either file', async () => {
  const guest = '{ $ref: guest.yaml, description: As findGuest and inGuest say. }'
  const files = {
    'spec.yaml': replacePiece(
      house,
      '$ref: "#/components/schemas/Guest"',
      guest.slice(2, -2).replace(', ', `\n${' '.repeat(16)}`),
    ),
    'guest.yaml': 'type: object\ndescription: Not findGuest, but getGuest.\nproperties:\n  inGuest: {}\n',
  }
  const told = (await failureOf(files)).split('\n').map((line) => line.split('  ')[0])
  expect(told).toEqual(['spec.yaml:42:30', 'guest.yaml:2:14'])
})
