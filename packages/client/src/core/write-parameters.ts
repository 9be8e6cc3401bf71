import type { QuerySerializerOptions } from 'openapi-fetch'
import type { Operation, ParameterPlace, ParameterStyle } from './call.ts'
import type { ParameterWriter, Serializers } from './parameters.ts'
import { expected, isObject, writeStyled } from './styles.ts'
import { createPathFiller, encodePlain, isStep, type ParameterValues, refusal, toText } from './url.ts'

/**
 * Writes parameters in every form that the standard has: `style`, `explode`, `allowReserved` and `content`, in paths,
 * queries, headers and cookies. Takes openapi-fetch's serializers too, for the client or a call, and its path templates
 * (`{;id*}`). Give it to `createApiClient` as the option of this name where rows have `styles`.
 */
export const writeParameters: ParameterWriter = (operation, client) => {
  const fillPath = createPathFiller(operation, encodeStep)
  return ({ path = {}, query, header, cookie, ...call }) => {
    const fill = call.pathSerializer ?? client.pathSerializer
    const querySerializer = mergeOptions(client.querySerializer, call.querySerializer)
    const cookies = cookie && writeAll(operation, 'cookie', cookie).join('; ')
    return {
      path: fill ? fill(operation.path.replace(/#.*/, ''), path) : fillPath(path),
      query: query && writeQuery(operation, query, querySerializer),
      header: { ...(header && writeHeaders(operation, header)), ...(cookies && { cookie: cookies }) },
    }
  }
}

type QuerySerializer = Serializers['querySerializer']

/** Options of a call over those of the client; a function stands alone. */
const mergeOptions = (client: QuerySerializer, call: QuerySerializer): QuerySerializer =>
  typeof call === 'object' ? { ...client, ...call } : (call ?? client)

function writeQuery(operation: Operation, query: ParameterValues, serializer: QuerySerializer): string {
  if (typeof serializer === 'function') return serializer(query).replace(/^\?/, '')
  return writeAll(operation, 'query', query, serializer).join('&')
}

/** Every parameter of a place as it stands there. */
const writeAll = (
  operation: Operation,
  place: ParameterPlace,
  values: ParameterValues,
  options?: QuerySerializerOptions,
): string[] =>
  Object.entries(values).flatMap(([name, value]) => {
    const style = options ? styleOf(value, options) : (operation.styles?.[place]?.[name] ?? {})
    return writeStyled({ operation, place, name, style }, value) ?? []
  })

/** How openapi-fetch's options have a value written. */
function styleOf(value: unknown, { array, object, allowReserved = false }: QuerySerializerOptions): ParameterStyle {
  if (Array.isArray(value)) return { ...array, allowReserved }
  return isObject(value) ? { style: 'deepObject', ...object, allowReserved } : { allowReserved }
}

const writeHeaders = (operation: Operation, header: ParameterValues): ParameterValues =>
  Object.fromEntries(
    Object.entries(header).map(([name, value]) => {
      const style = operation.styles?.header?.[name] ?? {}
      return [name, value === null ? value : writeStyled({ operation, place: 'header', name, style }, value)]
    }),
  )

const marks: Readonly<Record<string, string>> = { '.': 'label', ';': 'matrix' }

function encodeStep(operation: Operation, given: string, values: ParameterValues): string {
  // The name as it is, unless it is one of openapi-fetch's templates.
  const [, mark = '', name = given, star] = Object.hasOwn(values, given)
    ? []
    : (/^([.;]?)(.*?)(\*?)$/.exec(given) ?? [])
  const style = name === given ? operation.styles?.path?.[name] : { style: marks[mark], explode: star === '*' }
  if (!style && toText(values[name]) !== undefined) return encodePlain(operation, name, values)
  const text = writeStyled({ operation, place: 'path', name, style: style ?? {} }, values[name])
  if (text !== undefined && isStep(text)) return text
  throw refusal('path', name, `${expected}, and not empty, "." or ".."`, operation)
}
