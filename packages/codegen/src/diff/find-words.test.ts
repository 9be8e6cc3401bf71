import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { diffSpecs } from './diff-specs.ts'

const spec = `
openapi: 3.1.0
info: { title: Contacts, version: 1.0.0 }
tags: [{ name: contacts, description: People. }]
servers: [{ url: https://app.example.com }]
paths:
  /contacts:
    put:
      operationId: updateContact
      tags: [contacts]
      parameters: [{ name: id, in: query, required: true, schema: { type: integer } }]
      requestBody:
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Changes" }
            examples: { byEmail: { value: { email: a } } }
      responses: { "200": { description: Done., content: { application/json: { schema: { type: integer } } } } }
components:
  schemas:
    Changes: { type: object, properties: { email: { type: string }, phone: { type: string }, name: { type: string } } }
    Unused: { type: object, properties: { a: { type: string } } }
`

async function find(...edits: [piece: string, instead: string][]): Promise<string[]> {
  const after = edits.reduce((text, [piece, instead]) => text.replaceAll(piece, instead), spec)
  const { changes } = await diffSpecs(parse(spec), parse(after), { fast: true })
  return changes.map(({ bump, operationId = '(document)', location = '', id, message }) =>
    [bump, id, operationId, `${location}:`, message].join(' '),
  )
}

test.each<[string, string, string, string]>([
  [
    'a response',
    'Done.',
    'It is done.',
    'patch words-changed updateContact 200: The description of `200` is another: “Done.” → “It is done.”.',
  ],
  [
    'a parameter',
    'name: id,',
    'name: id, description: The id.,',
    'patch words-changed updateContact query.id: The description of `query.id` is new: “The id.”.',
  ],
  [
    'a long text',
    'tags: [contacts]',
    `description: ${'long '.repeat(30)}\n      tags: [contacts]`,
    `patch words-changed updateContact : The description of the operation is new: “${'long '.repeat(15)}long…”.`,
  ],
  [
    'an example of a request',
    'byEmail: {',
    'byPhone: { value: { phone: b } }, byEmail: {',
    'patch words-changed updateContact body: The example `byPhone` of the request is new.',
  ],
  [
    'a mark',
    'email: { type: string }',
    'email: { type: string, x-since: 2 }',
    'patch words-changed updateContact body.email: `x-since` of `body.email` is new: “2”.',
  ],
  [
    'a path',
    '    put:',
    '    summary: All contacts\n    put:',
    'patch words-changed updateContact : The summary of the operation is new: “All contacts”.',
  ],
  [
    'a tag',
    'People.',
    'Persons.',
    'patch words-changed (document) : The description of the tag `contacts` is another: “People.” → “Persons.”.',
  ],
  [
    'the document',
    'title: Contacts',
    'title: People',
    'patch words-changed (document) : The title of the document is another: “Contacts” → “People”.',
  ],
  [
    'a schema that no operation reaches',
    'a: { type: string }',
    'a: { type: string, title: A }',
    'patch words-changed (document) components.schemas.Unused.a: The title of `components.schemas.Unused.a` is new: “A”.',
  ],
  [
    'a second server',
    'servers: [',
    'servers: [{ url: https://app.example.com }, { url: https://eu.example.com }] #',
    'patch server-added updateContact : Calls still go to https://app.example.com; https://eu.example.com can be chosen as well.',
  ],
])('words of %s are told by place and kind', async (_, piece, instead, want) => {
  expect(await find([piece, instead])).toEqual([want])
})

test('of many words, a handful is told one by one', async () => {
  const found = await find(
    ['{ type: string }', '{ type: string, description: A text., title: Text, example: a }'],
    [
      'Unused: { type: object, properties: { a: { type: string, description: A text., title: Text, example: a }',
      'Unused: { type: object, properties: { a: { type: string }',
    ],
  )
  expect(found.length).toBe(6)
  expect(found.join('\n')).toContain('4 more descriptions, examples or marks differ')
})

test.each<[string, [string, string][], string[]]>([
  ['an operation that moved', [['/contacts:', '/people:']], ['major operation-moved']],
  ['an operation that is renamed', [['updateContact', 'changeContact']], ['major operation-renamed']],
  [
    'a tag that gives way to others',
    [['tags: [contacts]', 'tags: [people, more]']],
    ['major namespace-changed', 'patch api-tag-added'],
  ],
  ['a parameter in another casing', [['name: id', 'name: Id']], ['major parameter-casing-changed']],
  ['a property in another casing', [['phone: {', 'PHONE: {']], ['major property-casing-changed']],
])('%s is one story', async (_, edits, want) => {
  expect((await find(...edits)).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(want)
})
