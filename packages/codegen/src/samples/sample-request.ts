import {
  listParameters,
  type MediaType,
  type OpenApiDocument,
  type OperationEntry,
  type Parameter,
  resolve,
} from '../spec/document.ts'
import { isPlaceOf, readSchemes, type SecurityScheme } from '../spec/security-schemes.ts'
import { serverUrl } from '../spec/servers.ts'
import { readAnswer, type SampleAnswer } from './sample-answer.ts'
import type { SampleBody } from './sample-body.ts'
import { prefixOf, type SampleClient } from './sample-client.ts'
import { createKeyFinder, type SampleKeys } from './sample-keys.ts'
import { createValueMaker, type MakeValue } from './schema-value.ts'
import { writeParameter } from './write-parameter.ts'

/** A request that a sample makes, in no language yet. */
export interface SampleRequest {
  /** In upper case. */
  method: string
  /** The server. */
  base: string
  /** With the path and query filled in, but for a key. */
  url: string
  headers: readonly SampleHeader[]
  /** Cookies that are no key, as the header holds them. */
  cookies: string
  keys: SampleKeys
  body?: SampleBody | undefined
  answer: SampleAnswer
  /** What the client takes: values by their place, in the order of the path, then of the description. */
  input: SampleInput
}

/** A header with a value that is known. */
export type SampleHeader = readonly [name: string, value: string]

/** Values of parameters by their place. */
export type SampleInput = Readonly<Record<Parameter['in'], readonly (readonly [name: string, value: unknown])[]>>

/** Makes what describes the requests of a document's operations; `undefined` for one that no program can make. */
export function createRequestMaker(document: OpenApiDocument, client: SampleClient) {
  const makeValue = createValueMaker(document)
  const findKeys = createKeyFinder(document, prefixOf(client))
  const schemes = [...readSchemes(document).values()]
  const describe = (entry: OperationEntry): Omit<SampleRequest, 'body'> | undefined => {
    const keys = findKeys(entry)
    const parameters = listParameters(document, entry).filter((one) => isWritten(one, schemes))
    const valued = valueAll(document, parameters, makeValue)
    const base = findBase(document, entry, client)
    // No `fetch` sends the method TRACE.
    if (!keys || !valued || base === undefined || entry.method === 'trace') return undefined
    return describeValued(entry, { base, keys, valued, answer: readAnswer(document, entry) })
  }
  return { makeValue, describe }
}

function findBase(document: OpenApiDocument, entry: OperationEntry, { baseUrl }: SampleClient): string | undefined {
  const server = serverUrl(document, entry)
  return URL.canParse(server) ? server : baseUrl && baseUrl.replace(/\/+$/, '') + server
}

function describeValued(
  entry: OperationEntry,
  { valued, ...known }: Pick<SampleRequest, 'base' | 'keys' | 'answer'> & { valued: Valued },
): Omit<SampleRequest, 'body'> | undefined {
  const path = fillPath(entry.path, valued)
  const query = writeAll(valued, 'query')
  const url = `${known.base}${path}${query.length > 0 ? `${path?.includes('?') ? '&' : '?'}${query.join('&')}` : ''}`
  const headers = valued.flatMap(([parameter, value]): SampleHeader[] =>
    parameter.in === 'header' ? [[parameter.name, writeParameter(parameter, value) ?? '']] : [],
  )
  const isSendable = headers.every(([, value]) => /^[\x20-\x7e]*$/.test(value))
  if (path === undefined || !URL.canParse(url) || !isSendable) return undefined
  const inputOf = (where: Parameter['in']) =>
    valued.flatMap(([{ in: place, name }, value]) => (place === where ? [[name, value] as const] : []))
  const order = (name: string) => entry.path.indexOf(`{${name}}`)
  return {
    ...known,
    method: entry.method.toUpperCase(),
    url,
    headers,
    cookies: writeAll(valued, 'cookie').join('; '),
    input: {
      path: inputOf('path').sort(([one], [other]) => order(one) - order(other)),
      query: inputOf('query'),
      header: inputOf('header'),
      cookie: inputOf('cookie'),
    },
  }
}

type Valued = readonly (readonly [parameter: Parameter, value: unknown])[]

/** Whether a request cannot do without a parameter, and nothing else sets it: the standard has some headers ignored. */
const isWritten = (parameter: Parameter, schemes: readonly SecurityScheme[]) =>
  (parameter.required === true || parameter.in === 'path') &&
  !(parameter.in === 'header' && /^(accept|content-type|authorization)$/i.test(parameter.name)) &&
  !schemes.some((scheme) => isPlaceOf(scheme, parameter))

/** Parameters with values; `undefined` where one has none. */
function valueAll(
  document: OpenApiDocument,
  parameters: readonly Parameter[],
  makeValue: MakeValue,
): Valued | undefined {
  const valued = parameters.flatMap((parameter) => {
    const made = findValue(document, parameter, makeValue)
    return made ? [[parameter, made.value] as const] : []
  })
  return valued.length === parameters.length ? valued : undefined
}

function findValue(document: OpenApiDocument, parameter: Parameter, makeValue: MakeValue) {
  const [media] = Object.values(parameter.content ?? {})
  const { example, examples } = (media ?? parameter) as {
    example?: unknown
    examples?: MediaType['examples']
  }
  const named = Object.values(examples ?? {}).map((one) => resolve(document, one).value)
  const told = [example, parameter.example, ...named].find((value) => value !== undefined && value !== null)
  return told === undefined ? makeValue(media?.schema ?? parameter.schema, parameter.name) : { value: told }
}

const writeAll = (valued: Valued, where: Parameter['in']) =>
  valued.flatMap(([parameter, value]) => (parameter.in === where ? (writeParameter(parameter, value) ?? []) : []))

/** `undefined` where a step is missing, or would lead elsewhere. */
function fillPath(path: string, valued: Valued): string | undefined {
  const steps = new Map(
    valued.flatMap(([parameter, value]) =>
      parameter.in === 'path' ? [[parameter.name, writeParameter(parameter, value) ?? '']] : [],
    ),
  )
  const filled = path.replace(/#.*/, '').replace(/\{([^{}]+)\}/g, (given, name) => steps.get(name) ?? given)
  const isWhole = !/[{}]/.test(filled) && ![...steps.values()].some((step) => /^\.{0,2}$/.test(step))
  return isWhole ? filled : undefined
}
