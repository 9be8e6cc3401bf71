import { Refusal } from '../exchange/refusal.ts'

/** Where a request goes. */
export interface Match<Id extends string> {
  operation: Id
  /** The path's parameters by name, still percent-encoded. */
  path: Readonly<Record<string, string>>
}

interface Route<Id extends string> {
  operation: Id
  method: string
  pattern: string
  segments: readonly string[]
}

/** How many routes a 404 suggests. */
const suggestions = 3

/** Knows which operation answers where. */
export interface Router<Id extends string> {
  /**
   * Finds the operation for a method and path; HEAD is answered by that of GET. Of two paths that fit, the one with
   * fixed segments first wins. Throws a `Refusal`: 404 where no path fits, 405 with `allow` where one fits but not with
   * this method.
   */
  find(method: string, path: string): Match<Id>
  /** The methods that a path takes, as `allow` lists them; `*` is any path. Throws a `Refusal` with status 404. */
  allow(path: string): string
}

/** Creates the router of a table of operations. */
export function createRouter<Id extends string>(
  table: Readonly<Record<Id, { method: string; path: string }>>,
): Router<Id> {
  const routes = listRoutes(table)
  const bySize = Map.groupBy(routes, ({ segments }) => segments.length)
  const findFitting = (segments: readonly string[]) =>
    (bySize.get(segments.length) ?? []).filter((route) => fits(route, segments))

  return {
    find(method, path) {
      const segments = path.split('/')
      const fitting = findFitting(segments)
      const wanted = method === 'HEAD' ? 'GET' : method
      const route = fitting.find((candidate) => candidate.method === wanted)
      if (route) return { operation: route.operation, path: readParameters(route, segments) }
      throw fitting.length > 0 ? methodNotAllowed(fitting) : notFound(method, nearest(routes, segments))
    },
    allow(path) {
      const segments = path.split('/')
      const fitting = path === '*' ? routes : findFitting(segments)
      if (fitting.length === 0) throw notFound('OPTIONS', nearest(routes, segments))
      return listMethods(fitting).join(', ')
    },
  }
}

/** With those that every path takes, or every one that can be read. */
function listMethods(fitting: readonly Route<string>[]): string[] {
  const own = fitting.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
  return [...new Set([...own, 'OPTIONS'])]
}

/** Most fixed segments first, from the left. */
function listRoutes<Id extends string>(table: Readonly<Record<Id, { method: string; path: string }>>): Route<Id>[] {
  // Sound: a table has no keys but the ids it is typed by.
  const ids = Object.keys(table) as Id[]
  const order = ({ segments }: Route<Id>) => segments.map((segment) => (isParameter(segment) ? 1 : 0)).join('')
  return ids
    .map((operation) => {
      const { method, path: pattern } = table[operation]
      return { operation, method, pattern, segments: pattern.split('/') }
    })
    .sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

const isParameter = (segment: string) => segment.startsWith('{')

const fits = ({ segments }: Route<string>, actual: readonly string[]) =>
  segments.every((segment, index) => (isParameter(segment) ? actual[index] !== '' : segment === actual[index]))

function readParameters({ segments }: Route<string>, actual: readonly string[]): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    if (isParameter(segment)) values[segment.slice(1, -1)] = actual[index] ?? ''
  }
  return values
}

function methodNotAllowed(fitting: readonly Route<string>[]): Refusal {
  const methods = [...new Set(fitting.map(({ method }) => method))]
  const message = `This path takes ${methods.join(', ')} only.`
  const allow = listMethods(fitting).join(', ')
  return new Refusal(405, message, { code: 'method_not_allowed', headers: { allow } })
}

// The path itself is not repeated: it may hold an e-mail address.
function notFound(method: string, near: readonly Route<string>[]): Refusal {
  const known = near.map((route) => `${route.method} ${route.pattern}`)
  return new Refusal(404, `No operation answers ${method} at this path. The nearest: ${known.join(', ')}.`)
}

/** Those whose path begins most like this one, and then those about as long. */
function nearest<Id extends string>(routes: readonly Route<Id>[], actual: readonly string[]): Route<Id>[] {
  const likeness = ({ segments }: Route<Id>) => {
    const different = segments.findIndex((segment, index) => segment !== actual[index])
    const leading = different === -1 ? segments.length : different
    return leading - Math.min(Math.abs(segments.length - actual.length), 9) / 10
  }
  return routes.toSorted((a, b) => likeness(b) - likeness(a)).slice(0, suggestions)
}
