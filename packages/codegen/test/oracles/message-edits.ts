import { type Content, methods, type OpenApiDocument, type Operation, resolve } from '../../src/spec/document.ts'
import { type Edits, onOne, recase, renameKey } from './edit.ts'
import { randomSchema } from './random-schema.ts'
import { type Fields, isFields, itemOf, listEntries } from './sites.ts'

const operationsOf = (document: OpenApiDocument) => listEntries(document).map(({ operation }) => operation)
const bodiesOf = (document: OpenApiDocument) => operationsOf(document).filter(({ requestBody }) => requestBody)
const bodyOf = (document: OpenApiDocument, { requestBody = {} }: Operation) => resolve(document, requestBody)

/** The responses of operations that are no references. */
const responsesOf = (document: OpenApiDocument) =>
  operationsOf(document).flatMap(({ responses = {} }) => Object.values(responses).map((one) => resolve(document, one)))

/** Everything that has media types. */
const contentsOf = (document: OpenApiDocument): Content[] =>
  [...bodiesOf(document).map((operation) => bodyOf(document, operation)), ...responsesOf(document)].filter(
    ({ content }) => content && Object.keys(content).length > 0,
  )
const mediaTypesOf = ({ content = {} }: Content) => Object.keys(content)

const headersOf = (document: OpenApiDocument) =>
  responsesOf(document).flatMap((response) =>
    Object.keys(response.headers ?? {}).map((name) => ({ name, headers: response.headers as Fields })),
  )

const statusesOf = (document: OpenApiDocument) =>
  operationsOf(document).flatMap(({ responses = {} }) =>
    Object.keys(responses).length > 0 ? [responses as Fields] : [],
  )

const statuses = ['200', '201', '202', '204', '2XX', '301', '400', '404', '409', '4XX', '500', '5XX', 'default']

/** Edits of bodies, media types, statuses and headers. */
export const messageEdits: Edits = {
  'body: added': onOne(
    (document) => listEntries(document).filter(({ operation, method }) => !operation.requestBody && method !== 'get'),
    ({ operation }, random) => {
      const content = { 'application/json': { schema: randomSchema(random) } } as Content['content']
      operation.requestBody = { required: random.chance(0.5), ...(content && { content }) }
    },
  ),
  'body: removed': onOne(bodiesOf, (operation) => {
    delete operation.requestBody
  }),
  'body: required': onOne(bodiesOf, (operation, _, document) => {
    const body = bodyOf(document, operation)
    body.required = body.required !== true
  }),
  'media type: added': onOne(contentsOf, ({ content = {} }, random) => {
    const type = random.pick(['application/xml', 'text/plain', 'application/vnd.api+json'])
    if (type in content) return false
    const [first] = Object.values(content)
    const schema = random.chance(0.5) && first ? structuredClone(first.schema) : randomSchema(random)
    Object.assign(content, { [type]: { schema } })
    return true
  }),
  'media type: renamed': onOne(contentsOf, (holder, random) =>
    renameKey(holder.content ?? {}, random.pick(mediaTypesOf(holder)), 'application/other'),
  ),
  'media type: another case': onOne(contentsOf, (holder, random) => {
    const type = random.pick(mediaTypesOf(holder))
    return renameKey(holder.content ?? {}, type, type.toUpperCase())
  }),
  'media type: charset': onOne(contentsOf, (holder, random) => {
    const type = random.pick(mediaTypesOf(holder))
    return !type.includes(';') && renameKey(holder.content ?? {}, type, `${type}; charset=utf-8`)
  }),
  'media type: without a schema': onOne(contentsOf, (holder, random) => {
    const one = holder.content?.[random.pick(mediaTypesOf(holder))]
    if (!one?.schema) return false
    delete one.schema
    return true
  }),
  'content: gone': onOne(responsesOf, (response) => {
    if (!response.content) return false
    delete response.content
    return true
  }),
  'status: added': onOne(statusesOf, (responses, random) => {
    const status = random.pick(statuses.filter((one) => !(one in responses)))
    const known = Object.values(responses)
    responses[status] =
      known.length > 0 && random.chance(0.4)
        ? structuredClone(random.pick(known))
        : {
            description: 'Another answer.',
            ...(random.chance(0.7) && { content: { 'application/json': { schema: randomSchema(random) } } }),
          }
  }),
  'status: removed': onOne(statusesOf, (responses, random) => {
    if (Object.keys(responses).length < 2) return false
    delete responses[random.pick(Object.keys(responses))]
    return true
  }),
  'status: another': onOne(statusesOf, (responses, random) => {
    const free = statuses.filter((one) => !(one in responses))
    return renameKey(responses, random.pick(Object.keys(responses)), random.pick(free))
  }),
  'response: words': onOne(responsesOf, (response) => {
    Object.assign(response, { description: 'In other words.' })
  }),
  'header: added': onOne(responsesOf, (response, random) => {
    const header = { required: random.chance(0.5), schema: randomSchema(random, 0) }
    Object.assign(response, { headers: { ...response.headers, [`X-Added-${random.below(9)}`]: header } })
  }),
  'header: removed': onOne(headersOf, ({ name, headers }) => {
    delete headers[name]
  }),
  'header: recased': onOne(headersOf, ({ name, headers }) => renameKey(headers, name, name.toUpperCase())),
  'header: renamed': onOne(headersOf, ({ name, headers }) => renameKey(headers, name, `${name}-Renamed`)),
  'header: required': onOne(headersOf, ({ name, headers }, _, document) => {
    const header = resolve(document, headers[name] as { $ref?: string; required?: boolean })
    header.required = header.required !== true
  }),
  'header: of another schema': onOne(headersOf, ({ name, headers }, random, document) => {
    const header = resolve(document, headers[name] as { $ref?: string })
    Object.assign(header, { schema: randomSchema(random, 0) })
  }),
  'header: deprecated': onOne(headersOf, ({ name, headers }, _, document) => {
    Object.assign(resolve(document, headers[name] as { $ref?: string }), { deprecated: true })
  }),
  'callback: added': onOne(operationsOf, (operation, random) => {
    if ('callbacks' in operation) return false
    const content = { 'application/json': { schema: randomSchema(random) } }
    const post = { requestBody: { content }, responses: { '204': { description: 'Taken.' } } }
    Object.assign(operation, { callbacks: { told: { '{$request.query.url}': { post } } } })
    return true
  }),
  'callback: removed': onOne(
    operationsOf,
    (operation) => Reflect.has(operation, 'callbacks') && Reflect.deleteProperty(operation, 'callbacks'),
  ),
  'link: added': onOne(responsesOf, (response) => {
    Object.assign(response, { links: { next: { operationId: 'other', description: 'A link.' } } })
  }),
  'media type: encoding': onOne(contentsOf, (holder, random) => {
    const one = holder.content?.[random.pick(mediaTypesOf(holder))]
    Object.assign(one ?? {}, { encoding: { added: { contentType: random.pick(['image/png', 'text/plain']) } } })
  }),
  'media type: example': onOne(contentsOf, (holder, random) => {
    const one = holder.content?.[random.pick(mediaTypesOf(holder))]
    Object.assign(one ?? {}, { examples: { one: { value: 'an example' } } })
  }),
  'webhook: method': onOne(
    (document) => Object.values(document.webhooks ?? {}),
    (item) => {
      const method = methods.find((one) => isFields(item[one]))
      return method !== undefined && method !== 'put' && renameKey(item as Fields, method, 'put')
    },
  ),
  'operation: added': onOne(
    (document) => listEntries(document).filter((entry) => itemOf(document, entry)),
    (entry, random, document) => {
      const item = itemOf(document, entry)
      const free = methods.filter((method) => item && !(method in item) && method !== 'trace')
      if (!item || free.length === 0) return false
      item[random.pick(free)] = {
        ...structuredClone(entry.operation),
        operationId: `${entry.id}Added${random.below(99)}`,
      }
      return true
    },
  ),
  'operation: id recased': onOne(operationsOf, (operation) => {
    if (operation.operationId === undefined) return false
    operation.operationId = recase(operation.operationId)
    return true
  }),
}
