import { listOperations, listParameters, type OpenApiDocument, type OperationEntry } from '../spec/document.ts'
import { isPlaceOf, listRequirements, readSchemes, type SecurityScheme } from '../spec/security-schemes.ts'

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
  const known = readSchemes(document)
  const entries = listOperations(document)
  const used = new Set(entries.flatMap((entry) => listRequirements(document, entry, known).flat()))
  const schemes = Object.fromEntries([...known].filter(([name]) => used.has(name)))
  const isSilent = Object.keys(document.components?.securitySchemes ?? {}).length === 0
  const bearers = [...used].filter((name) => isBearer(known.get(name)))
  const isUsual = (names: readonly string[]) => names.length === 1 && isBearer(known.get(names[0] ?? ''))
  return {
    isSilent,
    schemes,
    of(entry) {
      const alternatives = listRequirements(document, entry, known)
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
