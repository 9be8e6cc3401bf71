import { resolve } from 'node:path'
import { highestBump } from '../diff/compare/change.ts'
import { diffSpecs } from '../diff/diff-specs.ts'
import type { SpecConfig } from '../spec/config.ts'
import { listOperations, type OpenApiDocument } from '../spec/document.ts'
import { loadSpec } from '../spec/load.ts'
import { permissionsOf } from '../spec/permissions.ts'
import { readTextFile } from '../spec/reader.ts'
import { UserError } from '../spec/user-error.ts'
import { readClientMethods } from './client-methods.ts'
import { type ApiMatch, apiNameOf, findApiChanges, matchApis } from './match-apis.ts'
import { readBaseSpec } from './read-base.ts'
import { readEarlierConfig } from './read-config.ts'
import { type ApiChange, listReached, type ReachedOperation, type SpecDiff } from './spec-diff.ts'
import { toRepositoryPath, type Workspace } from './workspace.ts'

/** What one API changes. */
interface ApiDiff {
  source: string
  /** Whether the base has a document of it. */
  isInBase: boolean
  changes: readonly ApiChange[]
  operations: readonly ReachedOperation[]
}

const nothing: OpenApiDocument = { openapi: '3.1.0', paths: {} }

/**
 * Compares the working specs with the base of their workspace: all, or the one of this name. Throws `SpecError` or
 * `UserError` where one cannot be read.
 */
export async function compareSpecs(workspace: Workspace, name?: string): Promise<SpecDiff> {
  const { base, specs } = workspace
  const earlier = await readBaseConfig(workspace)
  const matches = chooseMatches(matchApis(earlier.specs, specs), name)
  if (base.kind === 'file' && matches.length > 1) {
    const names = matches.map(apiNameOf).join(' or ')
    throw new UserError(`--base ${base.file}: a file is the base of one spec: choose it with --spec ${names}.`)
  }
  const diffs: ApiDiff[] = []
  // One after the other: there is one thread, and a large spec takes much memory.
  for (const match of matches) diffs.push(await compareApi(match, workspace))
  const sources = diffs.map(({ source }) => source)
  if (earlier.specs === undefined && !diffs.some(({ isInBase }) => isInBase)) {
    throw new UserError(
      `The base ${base.label} holds none of ${sources.join(', ')}: name one that does with --base REF or --base FILE.`,
    )
  }
  const changes = diffs.flatMap((one) => one.changes)
  const operations = diffs.flatMap((one) => one.operations)
  const notes = earlier.note === undefined ? {} : { notes: [earlier.note] }
  return { bump: highestBump(changes), base: base.label, sources, operations, changes, ...notes }
}

/** The specs that the base's config lists; unknown where the base is no commit, or had no config there. */
async function readBaseConfig({ base, readBase, root, configFile }: Workspace) {
  const path = toRepositoryPath(root, configFile)
  const text = readBase([path]).get(path)
  if (text === undefined) return {}
  try {
    return { specs: await readEarlierConfig(configFile, text) }
  } catch (error) {
    const [reason] = String(error).split('\n')
    const note = `${path} as of ${base.label} cannot be run any more (${reason}), so an API that was taken out of it is not told.`
    return { note }
  }
}

function chooseMatches(matches: ApiMatch[], name: string | undefined): ApiMatch[] {
  const chosen = name === undefined ? matches : matches.filter((match) => apiNameOf(match) === name)
  if (chosen.length > 0 || name === undefined) return chosen
  throw new UserError(
    `--spec ${name}: expected ${matches.map(apiNameOf).join(' or ')}; there is no other in the config.`,
  )
}

async function compareApi(match: ApiMatch, workspace: Workspace): Promise<ApiDiff> {
  const { folder, root } = workspace
  const api = apiNameOf(match)
  const source = toRepositoryPath(root, resolve(folder, (match.after ?? match.before)?.source ?? ''))
  const { before, after, isSame } = await readStates(match, workspace)
  const isInBase = before !== undefined
  const methodsFile = match.after?.methods
  // The methods of a client stand in namespaces, which are named by tags.
  const hasNamespaces = methodsFile !== undefined
  const own = before && after && !isSame ? diffSpecs(before, after, { hasNamespaces }).changes : []
  const states = { before: before ?? nothing, after: after ?? nothing }
  const ids = new Set([...listOperations(states.before), ...listOperations(states.after)].map(({ id }) => id))
  // What the base lists, but does not hold, is new.
  const whole = findApiChanges(match.after && !isInBase ? { after: match.after } : match, [...ids])
  const changes = [...whole, ...own]
  if (changes.length === 0) return { source, isInBase, changes: [], operations: [] }
  const methods = methodsFile === undefined ? {} : await readClientMethods(resolve(folder, methodsFile))
  const operations = listReached(changes, { api, ...states, methods })
  return { source, isInBase, changes: changes.map((change) => ({ ...change, api })), operations }
}

/** An API as it was and as it is, as far as it is there. */
async function readStates(match: ApiMatch, workspace: Workspace) {
  const { folder } = workspace
  const texts = new Map<string, string>()
  const readText = async (path: string) => {
    const text = await readTextFile(path)
    texts.set(path, text)
    return text
  }
  const optionsOf = (spec: SpecConfig) => ({ permissions: permissionsOf(spec, folder), accept: spec.accept })
  const after =
    match.after &&
    (await loadSpec(resolve(folder, match.after.source), 'vendor', { ...optionsOf(match.after), readText }))
  if (!match.before) return { after, isSame: false }
  const published = async () => match.after && after && publishedPath(match.after, after)
  const file = resolve(folder, match.before.source)
  const base = await readBaseSpec(workspace, { file, options: optionsOf(match.before), texts, published })
  return { before: base === 'same' ? after : base, after, isSame: base === 'same' }
}

/** The one document among the generated files is what a published package holds of its spec. */
async function publishedPath(spec: SpecConfig, document: OpenApiDocument): Promise<string | undefined> {
  const { emitFiles, findDescription } = await import('../spec/generate.ts')
  return findDescription(await emitFiles(spec, document))?.path
}
