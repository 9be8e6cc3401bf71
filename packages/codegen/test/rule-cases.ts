const refAdvice = 'Expected a `$ref` to something that this document, or a file next to it, defines.'
const noRef = (ref: string, why = '') =>
  `41:17  Can't resolve $ref${why}. ${refAdvice} Found: $ref: "${ref}" (no-unresolved-refs)`
const tagAdvice = 'Expected `tags` with one tag: it names the client namespace the operation appears under.'
const statuses = 'Expected responses 401 and 429: every operation needs a key and can be rate limited.'
const twice = 'Every operation must have a unique `operationId`.'
const onceAdvice = 'Expected each operationId once: types and client methods are named by it.'
const examples = '              examples:\n                found:\n                  summary: A guest\n'
const found = '                  value:\n                    id: 42\n                    email: anna@example.com\n'
const errorCodes = 'Expected `x-error-codes` to be a map from a status to a snake_case code; found'

const noParameter =
  'Expected a parameter `room` with `in: path`: the path has a place for it, and no call could fill it. (path-placeholders)'

/** A piece of the house spec, what replaces it, and what is told of it: `line:column  message (rule)`. */
export type Case = [name: string, piece: string, replacement: string, ...want: string[]]

/** What generation depends on, whoever wrote the spec. */
export const vendorCases: Case[] = [
  [
    'an unknown field',
    '      x-retry: safe',
    '      retry: safe',
    '26:7  Property `retry` is not expected here. (struct)',
  ],
  ['a missing field', '  title: House\n', '', '2:1  The field `title` must be present on this level. (struct)'],
  ['a $ref to nothing', 'schemas/Guest"', 'schemas/Gust"', noRef('#/components/schemas/Gust')],
  [
    'a $ref to a missing file',
    '#/components/schemas/Guest',
    './guest.yaml',
    noRef('./guest.yaml', ': there is no file guest.yaml'),
  ],
  [
    'an operationId that stands twice',
    'updateGuest',
    'getGuest',
    `53:7  ${twice} ${onceAdvice} Found: operationId: getGuest (operation-operationId-unique)`,
  ],
  [
    'a schema that is a part of itself',
    '      type: object\n      required: [id, email]\n',
    '      type: object\n      required: [id, email]\n      allOf: [{ $ref: "#/components/schemas/Guest" }]\n',
    '94:14  Expected the parts of `allOf` to be other schemas; found one that leads back to this schema. (no-self-in-all-of)',
  ],
  [
    'a text that should be an object',
    '      type: object\n      required: [id, email]\n',
    '      type: object\n      required: [id, email]\n      enum: [anna]\n',
    '94:13  Expected only objects in the `enum` of `type: object`; found "anna". (object-enums)',
  ],
  [
    'a place in a path that no parameter fills',
    '  /guests/{id}:',
    '  /guests/{id}/{room}#{unread}:',
    `21:5  ${noParameter}`,
    `52:5  ${noParameter}`,
  ],
  [
    'a reference whose target depends on who refers',
    '      type: object\n      required: [id, email]\n',
    '      type: object\n      required: [id, email]\n      $dynamicRef: "#guest"\n',
    '94:7  Expected `$ref`; found `$dynamicRef`: what it leads to depends on who refers to it, and no type says that. (served-constructs)',
  ],
  [
    'a place in a path that no parameter fills',
    '  /guests/{id}:',
    '  /guests/{id}/{room}#{unread}:',
    `21:5  ${noParameter}`,
    `52:5  ${noParameter}`,
  ],
]

const unheld = (name: string) =>
  `Expected descriptions to name what the document holds; found \`${name}\`, which it does not: write today\u2019s name. (known-names)`

/** What our own specs promise on top. */
export const houseCases: Case[] = [
  [
    'an unknown x-retry',
    'x-retry: safe',
    'x-retry: always',
    '26:16  Expected `x-retry` to be `safe` or `never`; found "always". (extension-values)',
  ],
  [
    'an unknown x-unwrap',
    'x-unwrap: data',
    'x-unwrap: [data]',
    '57:17  Expected `x-unwrap` to be `data`; found ["data"]. (extension-values)',
  ],
  [
    'a word for x-pii',
    'x-pii: true',
    'x-pii: maybe',
    '101:18  Expected `x-pii` to be `true` or `false`; found "maybe". (extension-values)',
  ],
  [
    'a word for x-pii of a parameter',
    '          in: path',
    '          in: path\n          x-pii: 1',
    '30:18  Expected `x-pii` to be `true` or `false`; found 1. (extension-values)',
  ],
  [
    'an error code that is none',
    'x-pii: true',
    'x-pii: true\n          x-error-code: Not a code',
    '102:25  Expected `x-error-code` to be a snake_case code; found "Not a code". (extension-values)',
  ],
  [
    'a code for a status that is no error',
    '"401": unauthorized\n',
    '"200": fine\n',
    `14:3  ${errorCodes} {"200":"fine","429":"rate_limit_exceeded"}. (extension-values)`,
  ],
  [
    'a code in another casing',
    'unauthorized\n  "429": rate_limit_exceeded',
    'Unauthorized',
    `14:3  ${errorCodes} {"401":"Unauthorized"}. (extension-values)`,
  ],
  [
    'an operation that a description names and nothing is called',
    'Changes the guest with this id.',
    'Changes the guest that findGuest or `getGuest` returns.',
    `55:20  ${unheld('findGuest')}`,
  ],
  [
    'a schema that a description names and nothing is called',
    'The guest.',
    'A `Visitor`.',
    `37:24  ${unheld('Visitor')}`,
  ],
  [
    'a query without an answer for a wrong one',
    '        - name: id\n',
    '        - name: lang\n          in: query\n          description: The language.\n          schema: {}\n        - name: id\n',
    '39:7  Expected a response 400 or 422: the query can be wrong, and nothing is answered but what is documented. (refused-queries)',
  ],
  [
    'no 401',
    '        "401":\n          description: The key is missing or wrong.\n',
    '',
    `35:7  ${statuses} (operation-declares-401-and-429)`,
  ],
  [
    'no 429',
    '        "429":\n          description: Too many calls.\n',
    '',
    `35:7  ${statuses} (operation-declares-401-and-429)`,
  ],
  [
    'no tags',
    '      tags: [guests]\n',
    '',
    `22:7  ${tagAdvice} (operation-has-tag)`,
    '21:5  Operation tags should be defined (operation-tag-defined)',
  ],
  ['no tag in tags', 'tags: [guests]', 'tags: []', `25:13  ${tagAdvice} (operation-has-tag)`],
  [
    'two tags',
    'tags: [guests]',
    'tags: [guests, guests]',
    '25:7  Operation `tags` object should have only one tag. (operation-singular-tag)',
  ],
  [
    'an unknown tag',
    'tags: [guests]',
    'tags: [rooms]',
    '25:14  Operation tags should be defined in global tags. (operation-tag-defined)',
  ],
  [
    'no operationId',
    '      operationId: getGuest\n',
    '',
    '21:5  Operation object should contain `operationId` field. (operation-operationId)',
  ],
  [
    'no description',
    '      description: Returns the guest with this id.\n',
    '',
    '21:5  Operation object should contain `description` field. (operation-description)',
  ],
  [
    'a component without use',
    '    Guest:\n',
    '    Room:\n      type: object\n    Guest:\n',
    '91:5  Component: "Room" is never used. (no-unused-components)',
  ],
  [
    'no decision on a personal property',
    '          x-pii: true\n',
    '',
    '98:9  Expected `x-pii: true` or `x-pii: false` on `email`: its name suggests personal data. (pii-marks)',
  ],
  [
    'no decision on a personal parameter',
    '        - name: id\n',
    '        - name: Phone\n          in: header\n          description: The phone.\n          schema: {}\n        - name: id\n',
    '28:11  Expected `x-pii: true` or `x-pii: false` on `Phone`: its name suggests personal data. (pii-marks)',
  ],
  [
    'no decision on what has the form of an email',
    '          x-pii: true\n',
    '          x-pii: true\n        reach:\n          type: string\n          format: email\n',
    '102:9  Expected `x-pii: true` or `x-pii: false` on `reach`: its format suggests personal data. (pii-marks)',
  ],
  [
    'no named example',
    examples + found,
    '',
    '39:13  Expected `examples` with at least one named example: the mock answers with it. (named-examples)',
  ],
  [
    'an example of another type',
    'email: anna@example.com',
    'email: 42',
    '47:28  Example value must conform to the schema: `email` property type must be string. (no-invalid-media-type-examples)',
  ],
  [
    'an example that leaves something out',
    '                    email: anna@example.com\n',
    '',
    "46:21  Example value must conform to the schema: must have required property 'email'. (no-invalid-media-type-examples)",
  ],
  [
    'an example of a parameter that is of another type',
    'example: 42',
    'example: forty',
    '34:20  Example value must conform to the schema: type must be integer. (no-invalid-parameter-examples)',
  ],
  [
    'an example of a schema that is of another type',
    '          example: 42\n        email',
    '          example: forty\n        email',
    '97:20  Example value must conform to the schema: type must be integer. (no-invalid-schema-examples)',
  ],
  [
    'a misspelt extension',
    'x-retry: safe',
    'x-retyr: safe',
    '26:7  Expected `x-retyr` to be one of x-error-codes, x-error-remedies, x-retry, x-unwrap, x-when-to-use, x-pii, x-error-code: nothing reads it here. (known-extensions)',
  ],
  [
    'an extension in the wrong place',
    'servers: [{ url: https://api.house.test }]',
    'servers: [{ url: https://api.house.test, x-retry: safe }]',
    '20:46  Expected `x-retry` only on Operation: nothing reads it here. (known-extensions)',
  ],
  [
    'a required parameter without an example',
    '          schema:\n            type: integer\n          example: 42\n',
    '          schema:\n            type: integer\n',
    '28:11  Expected `example` on a required parameter: the contract\u2019s requests are made of it. (parameter-examples)',
  ],
  [
    'a use of an operation that is not there',
    '      x-retry: safe',
    '      x-when-to-use: [{ scenario: find one, operation: getGuest }, { scenario: add one, operation: addGuest }]',
    '26:100  Expected the operationId of an operation; found `addGuest`, which the document does not have. (related-operations)',
    '52:5  Expected `x-when-to-use` with an entry whose `operation` is `updateGuest`: others of this document say when to use them. (related-operations)',
  ],
  [
    'a use without an operation',
    '      x-retry: safe',
    '      x-when-to-use: [{ scenario: find one }]',
    '26:22  Expected `x-when-to-use` to be a list of `scenario`, `operation` and, if needed, `note`; found [{"scenario":"find one"}]. (extension-values)',
  ],
  [
    'a link to an operation that is not there',
    '          description: The guest.\n',
    '          description: The guest.\n          links: { greet: { operationId: greetGuest } }\n',
    '38:42  Expected the operationId of an operation; found `greetGuest`, which the document does not have. (related-operations)',
  ],
  [
    'a remedy too few and one too many',
    'tags:\n  -',
    'x-error-remedies: { "429": Wait., unauthorized: Check the key. }\ntags:\n  -',
    '16:1  Expected a remedy for `rate_limit_exceeded`. (error-remedies)',
    '16:21  Expected remedies for error codes of this document; found `429`, which no error has. (error-remedies)',
  ],
  [
    'a remedy that says nothing',
    'tags:\n  -',
    'x-error-remedies: { unauthorized: "", rate_limit_exceeded: Wait. }\ntags:\n  -',
    '16:19  Expected `x-error-remedies` to be a map from an error code to a sentence; found {"unauthorized":"","rate_limit_exceeded":"Wait."}. (extension-values)',
  ],
  [
    'no server on a path',
    '    servers: [{ url: https://api.house.test }]\n',
    '',
    '19:3  Expected `servers` on the path: without it calls go to the document\u2019s server. (path-servers)',
  ],
]
