import { type MediaType, type OpenApiDocument, type OperationEntry, resolve } from '../spec/document.ts'
import { isRecord } from '../spec/kinds.ts'
import { canonicalMediaType } from '../spec/wire-names.ts'
import { fileContent } from './file.ts'
import { type FormField, listFields } from './form-fields.ts'
import type { MakeValue } from './schema-value.ts'

/** The body that a sample sends, by how programs write it. */
export type SampleBody = WholeBody | FormBody

interface Described {
  type: string
  /** What the client takes as the body. */
  value: unknown
  /** Whether the media type is the first that the operation takes, which goes without saying. */
  isFirst: boolean
}

/** A body that is one value. */
interface WholeBody extends Described {
  kind: 'json' | 'text' | 'bytes'
}

/** A body of fields. */
interface FormBody extends Described {
  kind: 'urlencoded' | 'multipart'
  fields: readonly FormField[]
}

/** A body under the name that the description gives it. */
export interface NamedBody {
  example?: string
  summary?: string
  body?: SampleBody
}

/** A body for each named example of an operation, else one; `undefined` where one is needed that no program can write. */
export function listBodies(
  document: OpenApiDocument,
  { operation, method }: OperationEntry,
  makeValue: MakeValue,
): NamedBody[] | undefined {
  // `fetch` sends none with these, nor has HTTP a meaning for it.
  if (!operation.requestBody || method === 'get' || method === 'head') return [{}]
  const { content = {}, required = false } = resolve(document, operation.requestBody)
  const media = Object.entries(content).map(([type, one], index) => ({
    type: canonicalMediaType(type),
    media: one,
    isFirst: index === 0,
  }))
  const isJson = ({ type }: { type: string }) => kindOf(type) === 'json'
  for (const one of [...media.filter(isJson), ...media.filter((other) => !isJson(other))]) {
    const bodies = listOf(document, one, makeValue)
    if (bodies.length > 0) return bodies
  }
  return required ? undefined : [{}]
}

/** A media type that a body may have. */
interface Offered {
  type: string
  media: MediaType
  isFirst: boolean
}

function listOf(document: OpenApiDocument, offered: Offered, makeValue: MakeValue): NamedBody[] {
  const { examples = {}, example, schema } = offered.media
  const named = Object.entries(examples).flatMap(([name, one]): NamedBody[] => {
    const { value, summary } = resolve(document, one) as { value?: unknown; summary?: string }
    const body = value === undefined ? undefined : toBody(offered, value)
    return body ? [{ example: name, ...(summary !== undefined && { summary }), body }] : []
  })
  if (named.length > 0) return named
  const isBare = example === undefined && /^(text|bytes)$/.test(kindOf(offered.type) ?? '')
  const made = isBare
    ? makeContent(offered.type)
    : example === undefined
      ? makeValue(schema, 'body')
      : { value: example }
  const body = made && toBody(offered, made.value)
  return body ? [{ body }] : []
}

/** Content of a syntax that no text happens to keep has to be given. */
const makeContent = (type: string) => (/xml|yaml|json|csv|event-stream/.test(type) ? undefined : { value: fileContent })

function toBody({ type: given, media, isFirst }: Offered, value: unknown): SampleBody | undefined {
  const kind = kindOf(given)
  const type = given === '*/*' ? 'application/json' : given
  // `requests` takes null for no body.
  if (kind === 'json') return value === null ? undefined : { kind, type, value, isFirst }
  if (kind === 'urlencoded' || kind === 'multipart') {
    const fields = isRecord(value) ? listFields(value, media.encoding ?? {}, kind) : undefined
    return fields && { kind, type, value, fields, isFirst }
  }
  return kind && typeof value === 'string' ? { kind, type, value, isFirst } : undefined
}

function kindOf(type: string): SampleBody['kind'] | undefined {
  const [essence = ''] = type.split(';')
  if (essence === '*/*' || /[/+]json$/.test(essence)) return 'json'
  if (essence === 'application/x-www-form-urlencoded') return 'urlencoded'
  if (essence === 'multipart/form-data') return 'multipart'
  if (essence.includes('*') || essence.startsWith('multipart/')) return undefined
  return /^text\/|xml|yaml|json/.test(essence) ? 'text' : 'bytes'
}
