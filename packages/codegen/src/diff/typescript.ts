import { isDeepStrictEqual } from 'node:util'
import { listOperations, type OpenApiDocument, type OperationEntry } from '../document.ts'
import type { Change, FindChanges, Pair } from './change.ts'
import type { ComparedNames } from './compare-documents.ts'
import { type MatchedOperation, matchOperations } from './facts/match-operations.ts'
import { changedOperations } from './fingerprint.ts'
import { findOpenedOrClosed } from './opened-enums.ts'
import { listUnreachedSchemas } from './part-of-document.ts'

type Finding = Omit<Change, 'opinion'>

/**
 * The TypeScript compiler's opinion: which code that calls the API no longer compiles against the types that are
 * generated from the document after the change. Types are made, and TypeScript is loaded, only where something changed.
 */
export const findTypeChanges: FindChanges = async (pair) => {
  const matches = matchOperations(pair)
  const found = [...findGoneAndNew(pair, matches), ...matches.flatMap(findMoved), ...findGoneSchemas(pair)]
  const names = listChanged(pair, matches)
  if (names.operations.length + names.schemas.length > 0) {
    const { compareDocuments } = await import('./compare-documents.ts')
    found.push(...compareDocuments(pair, names))
  }
  return found.map((finding) => ({ ...finding, opinion: 'typescript' }))
}

/** What both documents have and whose types may differ. */
function listChanged(pair: Pair, matches: readonly MatchedOperation[]): ComparedNames {
  const changed = new Set(changedOperations(pair))
  const schemas = listChangedSchemas(pair)
  if (changed.size + schemas.length > 0) for (const id of findOpenedOrClosed(pair)) changed.add(id)
  const operations = matches
    .map(({ before, after }) => ({ before: before.id, after: after.id }))
    .filter(({ before, after }) => changed.has(before) || changed.has(after))
  return { operations, schemas }
}

/** The schemas that no operation reaches and whose text changed; operations show what becomes of the others. */
function listChangedSchemas({ before, after }: Pair): string[] {
  const unreached = new Set(listUnreachedSchemas(after))
  return listUnreachedSchemas(before).filter(
    (name) => unreached.has(name) && !isDeepStrictEqual(schemaOf(before, name), schemaOf(after, name)),
  )
}

const schemaOf = ({ components }: OpenApiDocument, name: string) => components?.schemas?.[name]

function findGoneAndNew({ before, after }: Pair, matches: readonly MatchedOperation[]): Finding[] {
  const matched = new Set(matches.flatMap(({ before: was, after: is }) => [was, is]).map(keyOf))
  const isAlone = (entry: OperationEntry) => !matched.has(keyOf(entry))
  const tell = (bump: Finding['bump'], id: string, message: (name: string) => string) => (entry: OperationEntry) => ({
    bump,
    id,
    operationId: entry.id,
    direction: 'both' as const,
    message: message(`\`${entry.id}\``),
  })
  return [
    ...listOperations(before)
      .filter(isAlone)
      .map(tell('major', 'operation-removed', (name) => `${name} is gone: compile error for code that calls it.`)),
    ...listOperations(after)
      .filter(isAlone)
      .map(tell('minor', 'operation-added', (name) => `${name} is new; code that does not call it is unchanged.`)),
  ]
}

const keyOf = ({ id, method, path }: OperationEntry) => `${id} ${method} ${path}`

/** Operations are named by their id and, in `paths`, by method and path. */
function findMoved({ before, after }: MatchedOperation): Finding[] {
  const common = { bump: 'major', operationId: before.id, direction: 'both' } as const
  const [was, is] = [before, after].map(({ method, path }) => `\`${method.toUpperCase()} ${path}\``)
  const findings: Finding[] = []
  if (before.id !== after.id) {
    const message = `\`${before.id}\` is called \`${after.id}\` now: compile error for code that calls it by its old name.`
    findings.push({ ...common, id: 'operation-renamed', message })
  }
  if (was !== is) {
    const message = `${was} is ${is} now: compile error for code that calls it by its path.`
    findings.push({ ...common, id: 'operation-moved', message })
  }
  return findings
}

function findGoneSchemas({ before, after }: Pair): Finding[] {
  return Object.keys(before.components?.schemas ?? {})
    .filter((name) => schemaOf(after, name) === undefined)
    .map((name) => ({
      bump: 'major',
      id: 'schema-removed',
      direction: 'both',
      location: `components.schemas.${name}`,
      message: `The type \`${name}\` is gone: compile error for code that names \`components['schemas']['${name}']\`.`,
    }))
}
