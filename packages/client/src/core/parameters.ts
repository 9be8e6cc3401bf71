import type { QuerySerializerOptions } from 'openapi-fetch'
import type { Operation } from './call.ts'
import { missingOption } from './options.ts'
import { createPathFiller, type ParameterValues, serializeQuery } from './url.ts'

/** What writes parameters in another way than the description's, as openapi-fetch has it. Needs `writeParameters`. */
export interface Serializers {
  /** Writes the query; or options that say how. */
  querySerializer?: ((query: Record<string, unknown>) => string) | QuerySerializerOptions | undefined
  /** Fills the path template. */
  pathSerializer?: ((path: string, values: Record<string, unknown>) => string) | undefined
}

/** The parameters that an operation is called with. */
export interface ParameterInput extends Serializers {
  path?: ParameterValues | undefined
  query?: ParameterValues | undefined
  header?: ParameterValues | undefined
  cookie?: ParameterValues | undefined
}

/** Parameters as a request carries them. */
export interface WrittenParameters {
  /** The path. */
  path: string
  /** The query without its question mark; none where there are no parameters in it. */
  query?: string | undefined
  header?: ParameterValues | undefined
}

/**
 * Prepares what writes the parameters of an operation; serializers of the call beat those of the client. Both throw
 * `ClientError` for what cannot be written.
 */
export type ParameterWriter = (
  operation: Operation,
  client: Serializers,
) => (input: ParameterInput) => WrittenParameters

/** Writes plain values, and lists of them in queries, in the standard's default form; refuses whatever needs more. */
export const writePlainParameters: ParameterWriter = (operation, client) => {
  const refuse = missingOption('writeParameters')
  if (operation.styles ?? client.querySerializer ?? client.pathSerializer) refuse(operation)
  const fillPath = createPathFiller(operation)
  return ({ path, query, header, querySerializer, pathSerializer }) => {
    if (querySerializer ?? pathSerializer) refuse(operation)
    return { path: fillPath(path), query: query && serializeQuery(query, operation), header }
  }
}
