/**
 * One change of `guests.yaml`: the piece, what replaces it, what is told but for words (`bump id location`), and code of a
 * consumer. The code compiles against the types before; after a major change it does not compile any more.
 */
export type TypeCase = [name: string, piece: string, instead: string, want: string[], code?: string]

const minimal = "save({ name: 'Anna', room: 'single' })"
const withMore = (more: string) => `save({ name: 'Anna', room: 'single', ${more} })`

/** What callers send. */
export const requestTypeCases: TypeCase[] = [
  [
    'an optional property that is gone',
    '        age: { type: integer }\n',
    '',
    ['major property-removed components.schemas.GuestInput.age'],
    withMore('age: 4'),
  ],
  [
    'a property that has to be passed',
    'required: [name, room]\n',
    'required: [name, room, age]\n',
    ['major became-required components.schemas.GuestInput.age'],
    minimal,
  ],
  [
    'a new property that has to be passed',
    'required: [name, room]\n      properties:\n',
    'required: [name, room, size]\n      properties:\n        size: { type: integer }\n',
    ['major required-property-added components.schemas.GuestInput.size'],
    minimal,
  ],
  [
    'a new property that may be passed',
    '        age: { type: integer }\n',
    '        age: { type: integer }\n        size: { type: integer }\n',
    ['minor property-added components.schemas.GuestInput.size'],
    minimal,
  ],
  [
    'a property that can be left out',
    'required: [name, room]\n',
    'required: [name]\n',
    ['minor became-optional components.schemas.GuestInput.room'],
    minimal,
  ],
  [
    'a text that has to be one of some',
    '        name: { type: string }\n        age',
    '        name: { type: string, enum: [Anna, Luca] }\n        age',
    ['major enum-added components.schemas.GuestInput.name'],
    'declare const anyName: string\nsave({ name: anyName, room: "single" })',
  ],
  [
    'another type',
    '        name: { type: string }\n        age',
    '        name: { type: integer }\n        age',
    ['major type-changed components.schemas.GuestInput.name'],
    minimal,
  ],
  [
    'a further type',
    'name: { type: string }\n        age: { type: integer }',
    'name: { type: string }\n        age: { oneOf: [{ type: integer }, { type: string }] }',
    ['minor alternative-added components.schemas.GuestInput.age'],
    withMore('age: 4'),
  ],
  [
    'a value more',
    '[single, double] }\n        note',
    '[single, double, suite] }\n        note',
    ['minor enum-value-added components.schemas.GuestInput.room'],
    minimal,
  ],
  [
    'a value less, and another one more',
    '[single, double] }\n        note',
    '[double, suite] }\n        note',
    [
      'major enum-value-removed components.schemas.GuestInput.room',
      'minor enum-value-added components.schemas.GuestInput.room',
    ],
    minimal,
  ],
  [
    'no null any more',
    'note: { type: string, nullable: true }',
    'note: { type: string }',
    ['major no-longer-nullable components.schemas.GuestInput.note'],
    withMore('note: null'),
  ],
  [
    'null',
    'age: { type: integer }\n        room',
    'age: { type: integer, nullable: true }\n        room',
    ['minor became-nullable components.schemas.GuestInput.age'],
    withMore('age: 4'),
  ],
  [
    'a property in a list that is gone',
    'required: [text], properties: { text: { type: string } } }',
    'properties: { label: { type: string } } }',
    [
      'major property-removed components.schemas.GuestInput.tags.*.text',
      'minor property-added components.schemas.GuestInput.tags.*.label',
    ],
    withMore('tags: [{ text: "vip" }]'),
  ],
  [
    'a free-form object that takes only some properties',
    'extra: { type: object, additionalProperties: true }',
    'extra: { type: object, properties: { a: { type: string } } }',
    [
      'major properties-closed components.schemas.GuestInput.extra',
      'minor property-added components.schemas.GuestInput.extra.a',
    ],
    withMore('extra: { b: 1 }'),
  ],
  [
    'a free-form object with a property that is described',
    'extra: { type: object, additionalProperties: true }',
    'extra: { type: object, additionalProperties: true, properties: { a: { type: string } } }',
    ['minor property-added components.schemas.GuestInput.extra.a'],
    withMore('extra: { b: 1 }'),
  ],
  [
    'an object whose other properties are of another type',
    'additionalProperties: { type: number }',
    'additionalProperties: { type: string }',
    ['major type-changed components.schemas.GuestInput.scores.*'],
    withMore('scores: { tennis: 4 }'),
  ],
  [
    'a described property of another type than the others had',
    'additionalProperties: { type: number }',
    'additionalProperties: { type: number }, properties: { tennis: { type: string } }',
    [
      'major type-changed components.schemas.GuestInput.scores.*',
      'minor property-added components.schemas.GuestInput.scores.tennis',
    ],
    withMore('scores: { tennis: 4 }'),
  ],
  [
    'an alternative less',
    'pay: { oneOf: [{ $ref: "#/components/schemas/Card" }, { $ref: "#/components/schemas/Cash" }] }',
    'pay: { oneOf: [{ $ref: "#/components/schemas/Card" }] }\n        cash: { $ref: "#/components/schemas/Cash" }',
    [
      'major alternative-removed components.schemas.GuestInput.pay',
      'minor property-added components.schemas.GuestInput.cash',
    ],
    withMore("pay: { by: 'cash' }"),
  ],
  [
    'a property of one alternative',
    'purse: { type: string }',
    'coins: { type: string }',
    ['major property-removed components.schemas.Cash.purse', 'minor property-added components.schemas.Cash.coins'],
    withMore("pay: { by: 'cash', purse: 'red' }"),
  ],
  [
    'a body that may be left out',
    'requestBody:\n        required: true\n',
    'requestBody:\n',
    ['minor became-optional body'],
    minimal,
  ],
  [
    'a body that has to be passed',
    'requestBody: { content',
    'requestBody: { required: true, content',
    ['major became-required body'],
    'const photo: BodyField<"savePhoto"> = {}',
  ],
  [
    'another form of file',
    '{ content: { image/png: { schema: { type: string, format: binary } } } }\n      responses: { "204"',
    '{ content: { image/gif: { schema: { type: string, format: binary } } } }\n      responses: { "204"',
    ['major media-type-removed body', 'minor media-type-added body'],
    'type Photo = Contents<"savePhoto">["image/png"]\ndeclare function use(photo: Photo): string',
  ],
  [
    'a body that is gone',
    '      requestBody: { content: { image/png: { schema: { type: string, format: binary } } } }\n',
    '',
    ['major body-removed body'],
    'const photo: BodyField<"savePhoto"> = { requestBody: { content: { "image/png": "…" } } }',
  ],
  [
    'a new body',
    '      operationId: listGuests\n',
    '      operationId: listGuests\n      requestBody: { required: true, content: { text/plain: { schema: { type: string } } } }\n',
    ['major required-body-added body'],
    'const filter: BodyField<"listGuests"> = {}',
  ],
  [
    'a parameter that is gone',
    '        - { name: X-Trace, in: header, schema: { type: string } }\n',
    '',
    ['major parameter-removed header.x-trace'],
    'const header: Place<"listGuests", "header"> = { "x-trace": "1" }',
  ],
  [
    'a parameter that has to be passed',
    '- { name: sort, in: query,',
    '- { name: sort, in: query, required: true,',
    ['major became-required query.sort'],
    'const query: Place<"listGuests", "query"> = {}',
  ],
  [
    'a first parameter in the cookie',
    '        - { name: sort, in: query,',
    '        - { name: lang, in: cookie, schema: { type: string } }\n        - { name: sort, in: query,',
    ['minor parameter-added cookie.lang'],
    'const query: Place<"listGuests", "query"> = {}',
  ],
  [
    'a path parameter of another type',
    'in: path, required: true, schema: { type: integer }',
    'in: path, required: true, schema: { type: string }',
    ['major type-changed path.id'],
    'const path: Place<"saveGuest", "path"> = { id: 4 }',
  ],
  [
    'a schema that no operation reaches',
    'size: { type: integer }, used',
    'size: { type: string }, used',
    ['major type-changed components.schemas.Unused.size'],
    'const unused: Schema<"Unused"> = { size: 4 }',
  ],
  [
    'a schema that is gone',
    '    Unused: { type: object, required: [size], properties: { size: { type: integer }, used: { $ref: "#/components/schemas/Saved" } } }\n',
    '',
    ['major schema-removed components.schemas.Unused'],
    'const unused: Schema<"Unused"> = { size: 4 }',
  ],
]
