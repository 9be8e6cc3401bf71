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

function find(...edits: [piece: string, instead: string][]): string[] {
  const after = edits.reduce((text, [piece, instead]) => text.replaceAll(piece, instead), spec)
  return diffSpecs(parse(spec), parse(after), { hasNamespaces: true }).changes.map(
    ({ bump, operationIds, location = '', id, message }) =>
      [bump, id, operationIds.join() || '(document)', `${location}:`, message].join(' '),
  )
}

test.each<[string, string, string, string]>([
  [
    'a response',
    'Done.',
    'It is done.',
    'patch words-changed updateContact 200: The description is another: “Done.” → “It is done.”.',
  ],
  [
    'a parameter',
    'name: id,',
    'name: id, description: The id.,',
    'patch words-changed updateContact query.id: The description is new: “The id.”.',
  ],
  [
    'a long text',
    'tags: [contacts]',
    `description: ${'long '.repeat(30)}\n      tags: [contacts]`,
    `patch words-changed updateContact : The description is new: “${'long '.repeat(15)}long…”.`,
  ],
  [
    'an example of a request',
    'byEmail: {',
    'byPhone: { value: { phone: b } }, byEmail: {',
    'patch words-changed updateContact body: The example `byPhone` is new.',
  ],
  [
    'a mark',
    'email: { type: string }',
    'email: { type: string, x-since: 2 }',
    'patch words-changed updateContact components.schemas.Changes.email: `x-since` is new: “2”.',
  ],
  [
    'a path',
    '    put:',
    '    summary: All contacts\n    put:',
    'patch words-changed updateContact : The summary is new: “All contacts”.',
  ],
  [
    'a tag',
    'People.',
    'Persons.',
    'patch words-changed (document) : The tag `contacts`: the description is another: “People.” → “Persons.”.',
  ],
  [
    'the document',
    'title: Contacts',
    'title: People',
    'patch words-changed (document) : The document: the title is another: “Contacts” → “People”.',
  ],
  [
    'a schema that no operation reaches',
    'a: { type: string }',
    'a: { type: string, title: A }',
    'patch words-changed (document) components.schemas.Unused.a: The title is new: “A”.',
  ],
  [
    'a second server',
    'servers: [',
    'servers: [{ url: https://app.example.com }, { url: https://eu.example.com }] #',
    'patch server-added updateContact : Calls still go to https://app.example.com; https://eu.example.com can be chosen as well.',
  ],
])('words of %s are told by place and kind', (_, piece, instead, want) => {
  expect(find([piece, instead])).toEqual([want])
})

test.each<[string, [string, string][], string[]]>([
  ['an operation that moved', [['/contacts:', '/people:']], ['major operation-moved']],
  ['an operation that is renamed', [['updateContact', 'changeContact']], ['major operation-renamed']],
  ['a tag that gives way to others', [['tags: [contacts]', 'tags: [people, more]']], ['major namespace-changed']],
  ['a parameter in another casing', [['name: id', 'name: Id']], ['major parameter-casing-changed']],
  ['a property in another casing', [['phone: {', 'PHONE: {']], ['major property-casing-changed']],
])('%s is one story', (_, edits, want) => {
  expect(find(...edits).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(want)
})
