import { Refusal } from '../exchange/refusal.ts'

/** Something in a request that is not as the spec wants it. */
export interface Problem {
  /** Where it is, with dots; `body` for the body as a whole. */
  field: string
  /** What was expected and what was found; never a value. */
  message: string
  /** The error code, where the spec gives the field one of its own. */
  code?: string | undefined
}

/** How many problems an answer lists. */
const listed = 10

/** How much of a name that a caller chose an answer repeats. */
const nameLimit = 64

/** Writes where something is, from names and indexes; `whole` where there are none. */
export function fieldName(path: readonly string[], whole: string): string {
  const shorten = (name: string) => (name.length > nameLimit ? `${name.slice(0, nameLimit)}…` : name)
  return path.length === 0 ? whole : path.map(shorten).join('.').toWellFormed()
}

/** The kind of a JSON value, as messages name it. */
export function kindOf(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

/**
 * Refuses a request for what is wrong with it; there is at least one problem. The message is about the first, after
 * `opening` if there is one; `details` lists up to ten.
 */
export function violation(status: number, problems: readonly [Problem, ...Problem[]], opening?: string): Refusal {
  const [{ field, message, code }, ...others] = problems
  const more = others.length > 0 ? ` (and ${others.length} more)` : ''
  const text = `${field}: ${message}${more}`
  const details = problems.slice(0, listed).map((problem) => ({ field: problem.field, message: problem.message }))
  return new Refusal(status, opening ? `${opening} (${text})` : text, { ...(code && { code }), details })
}
