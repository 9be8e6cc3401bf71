import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { OpenApiDocument } from '../document.ts'
import type { Change } from './compare/change.ts'
import { diffSpecs } from './diff-specs.ts'

const spec = `
openapi: 3.1.0
servers: [{ url: https://app.example.com }]
security: [{ bearer: [] }]
x-error-codes: { "404": not_found }
paths:
  /contacts/{id}:
    servers: [{ url: https://api.example.com }]
    put:
      operationId: updateContact
      tags: [contacts]
      x-unwrap: data
      parameters: [{ name: id, in: path, required: true, schema: { type: integer } }]
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Changes" } } } }
      responses:
        "200": { content: { application/json: { schema: { $ref: "#/components/schemas/Contact" } } } }
  /messages:
    post:
      operationId: sendMessage
      tags: [messages]
      security: [{ bearer: [SENDER] }]
      responses: { "204": {} }
components:
  securitySchemes:
    bearer: { type: http, scheme: bearer }
    key: { type: apiKey, in: header, name: X-Key }
  schemas:
    Changes: { type: object, properties: { display_name: { type: string }, plan: { type: string, enum: [free, pro] } } }
    Contact: { type: object, properties: { id: { type: integer }, state: { type: string, enum: [new, old] } } }
`

const read = (text: string): OpenApiDocument => parse(text)

const compare = (before: string, after: string) => diffSpecs(read(before), read(after), { hasNamespaces: true }).changes

function find(piece: string, instead: string): Change[] {
  if (!spec.includes(piece)) throw new Error(`The spec does not hold ${piece}`)
  return compare(spec, spec.replaceAll(piece, instead))
}

const tell = ({ bump, id, operationIds, location = '', message }: Change) =>
  `${bump} ${id} ${operationIds.join() || '(document)'} ${location}: ${message}`

test.each<[string, string, string, ...string[]]>([
  [
    'another host',
    'https://api.example.com',
    'https://eu.example.com',
    'major server-key-changed (document) : The server https://api.example.com was called `api`; what is left is `app` and `eu`. Code that sets its base URL by that name, `baseUrl: { api: … }`, no longer compiles.',
    'major server-changed updateContact : Every call goes to another host: https://api.example.com → https://eu.example.com.',
  ],
  [
    'another base path',
    'https://api.example.com',
    'https://api.example.com/v2',
    'major server-changed updateContact : Every call goes to another base path: https://api.example.com → https://api.example.com/v2.',
  ],
  [
    'another path',
    '/messages:',
    '/public/messages:',
    'major operation-moved sendMessage : POST /messages is POST /public/messages now: a partner on the old version calls a path that is gone.',
  ],
  [
    'another operationId',
    'operationId: sendMessage',
    'operationId: postMessage',
    "major operation-renamed sendMessage : The operation's id: `sendMessage` is called `postMessage` now. Code that names it no longer compiles.",
  ],
  [
    'an operationId in another casing',
    'operationId: sendMessage',
    'operationId: send_message',
    "major operation-renamed sendMessage : The operation's id: only its casing changed: `sendMessage` is `send_message` now. Code that names it no longer compiles.",
  ],
  [
    'another path parameter',
    'name: id, in',
    'name: contactId, in',
    'major required-parameter-added updateContact path.contactId: New, and has to be passed: calls without `contactId` are refused.',
    'major parameter-removed updateContact path.id: The parameter is gone. Code that passes `id` no longer compiles.',
  ],
  [
    'another tag',
    'tags: [messages]',
    'tags: [mail, messages]',
    'major namespace-changed sendMessage : Moved from the tag `messages` to `mail`: the client method leaves its namespace, and code that calls it there no longer compiles.',
  ],
  [
    'another retry class',
    'tags: [messages]',
    'tags: [messages]\n      x-retry: safe',
    'minor retry-changed sendMessage : The retry class was `never` and is `safe`: clients repeat it by themselves now when a call fails.',
  ],
  [
    'nothing to unwrap',
    '      x-unwrap: data\n',
    '',
    'major unwrap-changed updateContact : Clients unwrapped `data` of the success body and now unwrap nothing: the method returns another value.',
  ],
  [
    'a deprecation',
    'tags: [messages]',
    'tags: [messages]\n      deprecated: true',
    'minor operation-deprecated sendMessage : Deprecated: it still works, and clients warn of it; move to what replaces it.',
  ],
  [
    'one more role',
    '[SENDER]',
    '[SENDER, ADMIN]',
    'major security-roles-added sendMessage : The key needs `ADMIN` now: calls with a key that lacks it are refused.',
  ],
  [
    'one role less',
    '[SENDER]',
    '[]',
    'minor security-loosened sendMessage : Calls needed `bearer` with `SENDER` and pass with `bearer` now.',
  ],
  [
    'another scheme',
    '{ bearer: [SENDER] }',
    '{ key: [] }',
    'major security-changed sendMessage : Calls needed `bearer` with `SENDER` and need `key` now: those that identify themselves as before are refused.',
  ],
  [
    'two schemes together',
    '{ bearer: [SENDER] }',
    '{ bearer: [SENDER], key: [] }',
    'major security-changed sendMessage : Calls needed `bearer` with `SENDER` and need `bearer` with `SENDER` and `key` now: those that identify themselves as before are refused.',
  ],
  [
    'another way in',
    '[{ bearer: [SENDER] }]',
    '[{ bearer: [SENDER] }, { key: [] }]',
    'minor security-loosened sendMessage : Calls needed `bearer` with `SENDER` and pass with `bearer` with `SENDER` or `key` now.',
  ],
  [
    'no key',
    '[{ bearer: [SENDER] }]',
    '[]',
    'minor security-loosened sendMessage : Calls needed `bearer` with `SENDER` and need none now; those that send it still pass.',
  ],
  [
    'another form of the key',
    'bearer: { type: http, scheme: bearer }',
    'bearer: { type: http, scheme: basic, bearerFormat: x }',
    'major security-scheme-changed updateContact,sendMessage : How `bearer` travels changed: the HTTP scheme was `bearer` and is `basic`, the format was none and is `x`. A key sent as before is not recognised.',
  ],
  ['the HTTP scheme in another casing', 'scheme: bearer', 'scheme: Bearer'],
  [
    'a property in another casing',
    'display_name',
    'displayName',
    'major property-casing-changed updateContact components.schemas.Changes.display_name: The property: only its casing changed: `display_name` is `displayName` now. Code that uses it by its old name no longer compiles.',
  ],
  [
    'another name of a schema',
    'Changes',
    'ContactChanges',
    'major schema-renamed updateContact components.schemas.Changes: A component schema: `Changes` is called `ContactChanges` now. Code that names its type no longer compiles.',
  ],
  [
    'another error code',
    'not_found',
    'missing',
    'major error-code-changed (document) 404: An error 404 whose body names no code had `not_found` and has `missing` now: code that branches on it takes another way.',
  ],
  [
    'a personal property',
    'display_name: {',
    'display_name: { x-pii: true,',
    'patch personal-data-changed updateContact components.schemas.Changes.display_name: It counts as personal data now: clients keep it out of logs.',
  ],
  [
    'a value more in an answer',
    '[new, old]',
    '[new, old, gone]',
    'minor enum-value-added updateContact components.schemas.Contact.state: It may be `gone` now: the type is open, so code that reads it still compiles.',
  ],
  [
    'a value less in a request',
    '[free, pro]',
    '[pro]',
    'major enum-value-removed updateContact components.schemas.Changes.plan: It no longer takes `free`: code that sends that is refused.',
  ],
])('%s is told so that a partner knows what to do', (_, piece, instead, ...want) => {
  expect(find(piece, instead).map(tell)).toEqual(want)
})

test('a path parameter with another name, in the path as well, is a rename', () => {
  const after = spec.replace('/contacts/{id}', '/contacts/{contactId}').replace('name: id, in', 'name: contactId, in')
  expect(compare(spec, after).map(tell)).toEqual([
    'major path-parameter-renamed updateContact path.id: A parameter of the path: `id` is called `contactId` now. Code that uses it by its old name no longer compiles.',
  ])
})

test('a schema that several operations reach names each of them when it goes', () => {
  const before = spec.replace(
    '"204": {}',
    '"200": { content: { application/json: { schema: { $ref: "#/components/schemas/Contact" } } } }',
  )
  const after = before.replaceAll('Contact"', 'Person"').replace('    Contact:', '    Person:')
  const changes = compare(before, after)
  expect(changes.map(({ operationIds, id }) => `${operationIds.join()} ${id}`)).toEqual([
    'updateContact,sendMessage schema-renamed',
  ])
})

test('a name that means another schema now is told, though no call changed', () => {
  const after = spec
    .replaceAll('Changes', 'Other')
    .replaceAll('Contact"', 'Changes"')
    .replace('    Contact:', '    Changes:')
  const swapped = after.replaceAll('Other"', 'Contact"').replace('    Other:', '    Contact:')
  expect(compare(spec, swapped).map(tell)).toEqual([
    'major schema-replaced updateContact components.schemas.Changes: The type `Changes` is another one now, and what it was is called `Contact` now: code that names it no longer compiles, or means something else.',
    'major schema-replaced updateContact components.schemas.Contact: The type `Contact` is another one now, and what it was is called `Changes` now: code that names it no longer compiles, or means something else.',
  ])
})
