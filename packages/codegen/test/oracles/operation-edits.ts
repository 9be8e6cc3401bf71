import {
  listOperations,
  type OpenApiDocument,
  type OperationEntry,
  type Parameter,
  resolve,
} from '../../src/spec/document.ts'
import { type Edits, onOne, recase, renameKey } from './edit.ts'
import type { Random } from './random.ts'
import { randomSchema } from './random-schema.ts'
import { type Fields, isFields, itemOf } from './sites.ts'

interface ParameterSite {
  parameter: Parameter
  list: Parameter[]
  entry: OperationEntry
}

/** The parameters of operations and paths. Those that are references are changed where they lead. */
const parametersOf = (document: OpenApiDocument): ParameterSite[] =>
  listOperations(document).flatMap((entry) =>
    [entry.operation.parameters ?? [], itemOf(document, entry)?.parameters ?? []].flatMap((list) =>
      list.map((one) => ({ parameter: resolve(document, one), list, entry })),
    ),
  )
const freeOf = (document: OpenApiDocument) => parametersOf(document).filter(({ parameter }) => parameter.in !== 'path')

/** Sets a keyword of a parameter to another of some values. */
const setting = (keyword: string, values: readonly unknown[], fits: (parameter: Parameter) => boolean = () => true) =>
  onOne(
    (document) => parametersOf(document).filter(({ parameter }) => fits(parameter)),
    ({ parameter }, random) => {
      const value = random.pick(values.filter((one) => one !== Reflect.get(parameter, keyword)))
      Object.assign(parameter, { [keyword]: value })
    },
  )

function newParameter(random: Random, fields: Partial<Parameter> = {}): Parameter {
  const place = random.pick(['query', 'header', 'cookie'] as const)
  const name = place === 'header' ? `X-Added-${random.below(99)}` : `added${random.below(99)}`
  return { name, in: place, schema: randomSchema(random, 1), ...fields } as Parameter
}

const securitiesOf = (document: OpenApiDocument) => Object.keys(document.components?.securitySchemes ?? {})

function addScheme(document: OpenApiDocument, random: Random): string {
  const name = `scheme${random.below(99)}`
  document.components ??= {}
  const scheme = random.pick<Fields>([
    { type: 'http', scheme: 'basic' },
    { type: 'apiKey', in: 'header', name: 'X-Key' },
    { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a.example.com/token', scopes: { read: '' } } } },
  ])
  document.components.securitySchemes = { ...document.components.securitySchemes, [name]: scheme }
  return name
}

/** Edits of operations: parameters, security, servers, names, and what the table of operations holds. */
export const operationEdits: Edits = {
  'parameter: added': onOne(listOperations, ({ operation }, random) => {
    operation.parameters = [...(operation.parameters ?? []), newParameter(random)]
  }),
  'parameter: added, required': onOne(listOperations, ({ operation }, random) => {
    operation.parameters = [...(operation.parameters ?? []), newParameter(random, { required: true })]
  }),
  'parameter: removed': onOne(freeOf, ({ parameter, list }, _, document) => {
    const index = list.findIndex((one) => resolve(document, one) === parameter)
    list.splice(index, 1)
  }),
  'parameter: renamed': onOne(freeOf, ({ parameter }) => {
    parameter.name += 'Renamed'
  }),
  'parameter: recased': onOne(freeOf, ({ parameter }) => {
    parameter.name = recase(parameter.name)
  }),
  'parameter: required': onOne(freeOf, ({ parameter }) => {
    parameter.required = parameter.required !== true
  }),
  'parameter: elsewhere': onOne(freeOf, ({ parameter }) => {
    parameter.in = parameter.in === 'query' ? 'header' : 'query'
  }),
  'parameter: deprecated': setting('deprecated', [true, false]),
  'parameter: explode': setting('explode', [true, false]),
  'parameter: style': setting(
    'style',
    ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
    (one) => one.in === 'query',
  ),
  'parameter: style of a path': setting('style', ['simple', 'label', 'matrix'], (one) => one.in === 'path'),
  'parameter: allowReserved': setting('allowReserved', [true, false], (one) => one.in === 'query'),
  'parameter: allowEmptyValue': setting('allowEmptyValue', [true, false], (one) => one.in === 'query'),
  'parameter: content': onOne(parametersOf, ({ parameter }) => {
    const { schema } = parameter
    if (!schema) return false
    delete parameter.schema
    Object.assign(parameter, { content: { 'application/json': { schema } } })
    return true
  }),
  'parameter: words': setting('description', ['In other words.', 'In yet other words.']),
  'parameter: x-pii': setting('x-pii', [true, false]),
  'parameter: x-error-code': setting('x-error-code', ['missing_a', 'missing_b']),
  'parameter: of the path item': onOne(
    (document) => freeOf(document).filter(({ entry, list }) => list === entry.operation.parameters),
    ({ parameter, list, entry }, _, document) => {
      const item = itemOf(document, entry)
      const index = list.indexOf(parameter)
      if (!item || index < 0) return false
      list.splice(index, 1)
      item.parameters = [...(item.parameters ?? []), parameter]
      return true
    },
  ),
  'parameter: reordered': onOne(listOperations, ({ operation }) => {
    if ((operation.parameters ?? []).length < 2) return false
    operation.parameters = (operation.parameters ?? []).toReversed()
    return true
  }),
  'security: alternative added': onOne(listOperations, ({ operation }, random, document) => {
    operation.security = [...(operation.security ?? []), { [addScheme(document, random)]: [] }]
  }),
  'security: optional': onOne(listOperations, ({ operation }) => {
    operation.security = [...(operation.security ?? []), {}]
  }),
  'security: none': onOne(listOperations, ({ operation }) => {
    operation.security = []
  }),
  'security: another': onOne(listOperations, ({ operation }, random, document) => {
    operation.security = [{ [addScheme(document, random)]: [] }]
  }),
  'security: both': onOne(listOperations, ({ operation }, random, document) => {
    const [first] = operation.security ?? []
    if (!first) return false
    operation.security = [{ ...first, [addScheme(document, random)]: [] }]
    return true
  }),
  'security: scope': onOne(listOperations, ({ operation }, random) => {
    const [first] = operation.security ?? []
    const [name] = Object.keys(first ?? {})
    if (!first || name === undefined) return false
    first[name] = [...(first[name] ?? []), `scope${random.below(9)}`]
    return true
  }),
  'security: scheme changed': onOne(securitiesOf, (name, random, document) => {
    const scheme = document.components?.securitySchemes?.[name]
    const change = random.pick<Fields>([
      { bearerFormat: 'JWT' },
      { type: 'apiKey', in: 'query', name: 'key' },
      { description: 'In other words.' },
      { type: 'http', scheme: 'digest' },
    ])
    if (isFields(scheme)) Object.assign(scheme, change)
  }),
  'server: another': onOne(listOperations, ({ operation }, random) => {
    operation.servers = [{ url: `https://api${random.below(9)}.example.com/v2` }]
  }),
  'server: one more': onOne(listOperations, ({ operation }, random) => {
    const own = operation.servers ?? [{ url: 'https://api.example.com' }]
    const more = { url: `https://eu${random.below(9)}.example.com` }
    operation.servers = random.chance(0.5) ? [more, ...own] : [...own, more]
  }),
  'server: variables': onOne(listOperations, ({ operation }, random) => {
    const values = random.pick([['eu', 'us'], ['eu'], ['us', 'eu', 'asia']])
    const region = { default: values[0] ?? '', enum: values }
    operation.servers = [{ url: 'https://{region}.example.com', variables: { region } }]
  }),
  'tags: first': onOne(listOperations, ({ operation }, random) => {
    operation.tags = [`tag${random.below(9)}`, ...(operation.tags ?? []).slice(1)]
  }),
  'tags: another besides': onOne(listOperations, ({ operation }, random) => {
    if (!operation.tags?.length) return false
    operation.tags = [...operation.tags, `more${random.below(9)}`]
    return true
  }),
  'tags: none': onOne(listOperations, ({ operation }) => {
    delete operation.tags
  }),
  'operation: id': onOne(listOperations, ({ operation }) => {
    operation.operationId += 'Renamed'
  }),
  'operation: method': onOne(listOperations, (entry, random, document) => {
    const item = itemOf(document, entry)
    const others = (['put', 'post', 'patch', 'delete'] as const).filter((method) => item && !(method in item))
    return others.length > 0 && isFields(item) && renameKey(item, entry.method, random.pick(others))
  }),
  'operation: path': onOne(listOperations, ({ path }, random, { paths = {} }) =>
    renameKey(paths, path, random.chance(0.5) ? `${path}/moved` : `/v9${path}`),
  ),
  'operation: path recased': onOne(
    listOperations,
    ({ path }, _, { paths = {} }) => !path.includes('{') && renameKey(paths, path, path.toUpperCase()),
  ),
  'operation: removed': onOne(listOperations, (entry, _, document) => {
    const item = itemOf(document, entry)
    if (listOperations(document).length < 2 || !item) return false
    delete item[entry.method]
    return true
  }),
  'path parameter: renamed': onOne(
    (document) => parametersOf(document).filter(({ parameter }) => parameter.in === 'path'),
    ({ parameter, entry }, _, { paths = {} }) => {
      const { name } = parameter
      // One that several paths share is left alone.
      if (Object.keys(paths).filter((path) => path.includes(`{${name}}`)).length !== 1) return false
      parameter.name = `${name}Renamed`
      return renameKey(paths, entry.path, entry.path.replace(`{${name}}`, `{${name}Renamed}`))
    },
  ),
  'path parameter: added': onOne(listOperations, ({ path }, random, document) => {
    const item = document.paths?.[path]
    if (!item) return false
    const name = `level${random.below(9)}`
    item.parameters = [...(item.parameters ?? []), { name, in: 'path', required: true, schema: { type: 'string' } }]
    return renameKey(document.paths ?? {}, path, `${path}/{${name}}`)
  }),
  'operation: deprecated': onOne(listOperations, ({ operation }) => {
    operation.deprecated = operation.deprecated !== true
  }),
  'operation: words': onOne(listOperations, ({ operation }) => {
    Object.assign(operation, { description: 'In other words.', summary: 'Other words' })
  }),
  'x-retry': onOne(listOperations, ({ operation }) => {
    operation['x-retry'] = operation['x-retry'] === 'safe' ? 'never' : 'safe'
  }),
  'x-unwrap': onOne(listOperations, ({ operation }) => {
    if (operation['x-unwrap']) delete operation['x-unwrap']
    else operation['x-unwrap'] = 'data'
  }),
}
