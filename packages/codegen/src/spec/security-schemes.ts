import { type OpenApiDocument, type OperationEntry, resolve } from './document.ts'

/** A security scheme as the client sends it: whatever ends in a bearer token is one. */
export type SecurityScheme =
  | { type: 'http'; scheme: string }
  | { type: 'apiKey'; in: 'header' | 'query' | 'cookie'; name: string }

/** A security scheme as documents have it. */
interface DocumentedScheme {
  $ref?: string
  type: string
  scheme?: string
  in?: 'header' | 'query' | 'cookie'
  name?: string
}

/** The schemes of a document that requests carry, by name. */
export const readSchemes = (document: OpenApiDocument): ReadonlyMap<string, SecurityScheme> =>
  new Map(
    Object.entries(document.components?.securitySchemes ?? {}).flatMap(([name, scheme]) => {
      const sent = toSent(resolve(document, scheme as DocumentedScheme))
      return sent ? [[name, sent] as const] : []
    }),
  )

/** None for a scheme that sends nothing, such as a certificate of the connection. */
function toSent({ type, scheme = '', in: place, name }: DocumentedScheme): SecurityScheme | undefined {
  if (type === 'http') return { type, scheme: /^(bearer|basic)$/i.test(scheme) ? scheme.toLowerCase() : scheme }
  if (type === 'oauth2' || type === 'openIdConnect') return { type: 'http', scheme: 'bearer' }
  return type === 'apiKey' && place && name ? { type, in: place, name } : undefined
}

/** Alternatives of an operation, each the names of schemes that are needed together. */
export function listRequirements(
  document: OpenApiDocument,
  { operation }: OperationEntry,
  known: ReadonlyMap<string, SecurityScheme>,
): string[][] {
  const alternatives = operation.security ?? document.security ?? []
  return alternatives.map((alternative) => Object.keys(alternative).filter((name) => known.has(name)))
}

/** Whether a parameter is where a scheme has what it keeps secret. */
export const isPlaceOf = (scheme: SecurityScheme, parameter: { in: string; name: string }): boolean =>
  scheme.type === 'apiKey'
    ? scheme.in === parameter.in && scheme.name.toLowerCase() === parameter.name.toLowerCase()
    : parameter.in === 'header' && parameter.name.toLowerCase() === 'authorization'
