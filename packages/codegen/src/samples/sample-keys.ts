import { listOperations, type OpenApiDocument, type OperationEntry } from '../spec/document.ts'
import { listRequirements, readSchemes, type SecurityScheme } from '../spec/security-schemes.ts'
import { screaming } from './sample-client.ts'

/** Where a key goes, and the environment variable that it comes from. */
export type SampleKey =
  | { in: 'header' | 'query' | 'cookie'; name: string; prefix: string; variable: string }
  | { in: 'basic'; username: string; password: string }

/** The keys of a request, by the names of their schemes. */
export interface SampleKeys {
  byScheme: readonly (readonly [scheme: string, key: SampleKey])[]
  /** Whether the client takes a key alone, since its document names one scheme, or bearer tokens alone. */
  isOne: boolean
}

/** Schemes in which each request answers what the server has asked: no header says it once and for all. */
const asking = /^(digest|hoba|mutual|negotiate|ntlm|scram-.*)$/i

/**
 * Makes what gives the keys of an operation's first alternative; `undefined` where a program cannot simply send one of
 * them. Variables begin with `environment`, and name the scheme where the document has several kinds.
 */
export function createKeyFinder(
  document: OpenApiDocument,
  environment: string,
): (entry: OperationEntry) => SampleKeys | undefined {
  const known = readSchemes(document)
  const used = new Set(listOperations(document).flatMap((entry) => listRequirements(document, entry, known).flat()))
  const isOne = used.size < 2 || [...used].every((name) => isBearer(known.get(name)))
  return (entry) => {
    const [needed = []] = listRequirements(document, entry, known)
    const schemes = needed.flatMap((name) => {
      const scheme = known.get(name)
      return scheme ? [[name, scheme] as const] : []
    })
    if (schemes.some(([, scheme]) => scheme.type === 'http' && asking.test(scheme.scheme))) return undefined
    const start = (name: string) => (isOne ? environment : `${environment}_${screaming(name)}`)
    return { byScheme: schemes.map(([name, scheme]) => [name, toKey(scheme, start(name), isOne)]), isOne }
  }
}

const isBearer = (scheme?: SecurityScheme) => scheme?.type === 'http' && scheme.scheme === 'bearer'

function toKey(scheme: SecurityScheme, start: string, isOne: boolean): SampleKey {
  const variable = isOne ? `${start}_API_KEY` : start
  if (scheme.type === 'apiKey') return { in: scheme.in, name: scheme.name, prefix: '', variable }
  if (scheme.scheme === 'basic') return { in: 'basic', username: `${start}_USERNAME`, password: `${start}_PASSWORD` }
  const word = scheme.scheme === 'bearer' ? 'Bearer' : scheme.scheme
  return { in: 'header', name: 'Authorization', prefix: `${word} `, variable }
}
