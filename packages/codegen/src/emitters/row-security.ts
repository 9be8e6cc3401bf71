import { listOperations, listParameters, type OpenApiDocument, type OperationEntry, resolve } from '../spec/document.ts'

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

/** What requests must carry, as the client is told. */
export interface Security {
  /** Whether the document never speaks of keys; then they are left to the caller. */
  isSilent: boolean
  /** The schemes that operations name. */
  schemes: Readonly<Record<string, SecurityScheme>>
  /** Alternatives of an operation, each the names of schemes that are needed together; none for a bearer token alone. */
  of(entry: OperationEntry): string[][] | undefined
  /** Places of parameters that hold what a scheme keeps secret (`query.api_key`). */
  secretPlaces(entry: OperationEntry): string[]
}

/** Reads what a document says of keys. */
export function readSecurity(document: OpenApiDocument): Security {
  const known = new Map(
    Object.entries(document.components?.securitySchemes ?? {}).flatMap(([name, scheme]) => {
      const sent = toSent(resolve(document, scheme as DocumentedScheme))
      return sent ? [[name, sent] as const] : []
    }),
  )
  const entries = listOperations(document)
  const used = new Set(entries.flatMap((entry) => requirements(document, entry, known).flat()))
  const schemes = Object.fromEntries([...known].filter(([name]) => used.has(name)))
  const isSilent = Object.keys(document.components?.securitySchemes ?? {}).length === 0
  const bearers = [...used].filter((name) => isBearer(known.get(name)))
  const isUsual = (names: readonly string[]) => names.length === 1 && isBearer(known.get(names[0] ?? ''))
  return {
    isSilent,
    schemes,
    of(entry) {
      const alternatives = requirements(document, entry, known)
      const needed = alternatives.filter((names) => names.length > 0)
      // Which of several bearer schemes is meant matters only beside others.
      const isOne = bearers.length === 1 || bearers.length === used.size
      if (isSilent || (isOne && needed.length > 0 && needed.every(isUsual))) return undefined
      return needed.length > 0 ? alternatives : []
    },
    secretPlaces: (entry) =>
      listParameters(document, entry)
        .filter((parameter) => [...known.values()].some((scheme) => isPlaceOf(scheme, parameter)))
        .map(({ in: place, name }) => `${place}.${name}`),
  }
}

const isBearer = (scheme?: SecurityScheme) => scheme?.type === 'http' && scheme.scheme === 'bearer'

/** None for a scheme that sends nothing, such as a certificate of the connection. */
function toSent({ type, scheme = '', in: place, name }: DocumentedScheme): SecurityScheme | undefined {
  if (type === 'http') return { type, scheme: /^(bearer|basic)$/i.test(scheme) ? scheme.toLowerCase() : scheme }
  if (type === 'oauth2' || type === 'openIdConnect') return { type: 'http', scheme: 'bearer' }
  return type === 'apiKey' && place && name ? { type, in: place, name } : undefined
}

function requirements(
  document: OpenApiDocument,
  { operation }: OperationEntry,
  known: ReadonlyMap<string, SecurityScheme>,
): string[][] {
  const alternatives = operation.security ?? document.security ?? []
  return alternatives.map((alternative) => Object.keys(alternative).filter((name) => known.has(name)))
}

const isPlaceOf = (scheme: SecurityScheme, parameter: { in: string; name: string }) =>
  scheme.type === 'apiKey'
    ? scheme.in === parameter.in && scheme.name.toLowerCase() === parameter.name.toLowerCase()
    : parameter.in === 'header' && parameter.name.toLowerCase() === 'authorization'
