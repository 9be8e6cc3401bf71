import {
  type Content,
  isReference,
  listCallbacks,
  lookUp,
  type OpenApiDocument,
  type Operation,
  type OperationEntry,
  type PathItem,
  resolve,
} from '../spec/document.ts'
import { isRecord, type Kind, kindBelow } from '../spec/kinds.ts'
import { tokensOf } from '../spec/pointer.ts'

type Fields = Record<string, unknown>

/** What is gathered while a fragment is made. */
interface Gathering {
  document: OpenApiDocument
  /** Components by section and name. */
  components: Map<string, Map<string, unknown>>
  /** Names of schemas that stand elsewhere in the document, by the reference to them. */
  moved: Map<string, string>
  /** Copies that are still to be made: not by recursion, so that no document is too deep for it. */
  next: (() => void)[]
  /** References whose targets are being written in place. */
  open: ReadonlySet<string>
}

/**
 * The part of a document that one operation is, complete in itself: its path, and exactly the components that it
 * reaches. Links to operations that are not in it are left out, and so are code samples.
 */
export function makeFragment(document: OpenApiDocument, { path, method, operation, pathItem }: OperationEntry): Fields {
  const gathering: Gathering = { document, components: new Map(), moved: new Map(), next: [], open: new Set() }
  const copy = (value: unknown, kind: Kind = 'object') => copyValue(value, kind, gathering)
  const { 'x-when-to-use': _, ...kept } = operation
  const own = copy(withoutSamples({ ...kept, responses: withLinksTo(document, operation) }))
  const shared = Object.entries(pathItem).filter(([key]) =>
    ['summary', 'description', 'servers', 'parameters'].includes(key),
  )
  const item = copy(Object.fromEntries(shared)) as PathItem
  const { openapi, info, servers, 'x-error-codes': codes } = document
  const security = operation.security ?? document.security
  const callbacks = listCallbacks(document, operation).map((entry) => entry.operation.security)
  for (const name of [security, ...callbacks].flatMap((one = []) => one.flatMap((schemes) => Object.keys(schemes)))) {
    addComponent(gathering, 'securitySchemes', name)
  }
  for (const run of gathering.next) run()
  const tags = (document.tags ?? []).filter(({ name }) => operation.tags?.includes(name))
  const components = [...gathering.components].map(([section, all]) => [section, Object.fromEntries(all)])
  return {
    openapi,
    info,
    ...(servers && { servers }),
    ...(security && !operation.security && { security }),
    ...(codes && { 'x-error-codes': codes }),
    ...(tags.length > 0 && { tags }),
    paths: { [path]: { ...item, [method]: own } },
    ...(components.length > 0 && { components: Object.fromEntries(components) }),
  }
}

const withoutSamples = (operation: Fields) =>
  Object.fromEntries(
    Object.entries(operation).filter(([key]) => key.toLowerCase() !== 'x-codesamples' && key !== 'x-code-samples'),
  )

/** The responses of an operation, with links to itself only: a link to what is not there is none. */
function withLinksTo(document: OpenApiDocument, { operationId, responses = {} }: Operation): Fields {
  const kept = Object.entries(responses).map(([status, given]) => {
    const { links = {}, ...response }: Content = resolve(document, given)
    if (Object.keys(links).length === 0) return [status, given]
    const own = Object.entries(links).filter(([, one]) => resolve(document, one).operationId === operationId)
    return [status, own.length > 0 ? { ...response, links: Object.fromEntries(own) } : response]
  })
  return Object.fromEntries(kept)
}

/** A copy of a value, in which every reference leads into the fragment. */
function copyValue(value: unknown, kind: Kind, gathering: Gathering): unknown {
  if (kind === 'data' || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((one) => copyValue(one, kind, gathering))
  const isOne = kind === 'object' && isReference(value)
  if (isOne && typeof value.$ref === 'string') return copyReference(value, gathering)
  return copyFields(value as Fields, kind, gathering)
}

function copyFields(value: Fields, kind: Kind, gathering: Gathering): Fields {
  if (kind === 'object' && isRecord(value.discriminator)) addMapped(value.discriminator, gathering)
  const entries = Object.entries(value).map(([key, below]) => [
    key,
    copyValue(below, kindBelow(kind, key, below), gathering),
  ])
  return Object.fromEntries(entries)
}

/** What a discriminator names is reached, too. */
function addMapped({ mapping }: Fields, gathering: Gathering): void {
  for (const target of Object.values(isRecord(mapping) ? mapping : {})) {
    const name = String(target).replace(/^#\/components\/schemas\//, '')
    addComponent(gathering, 'schemas', tokensOf(name)[0] ?? name)
  }
}

function copyReference(value: Fields & { $ref: string }, gathering: Gathering): unknown {
  const { $ref, ...beside } = value
  const rest = copyFields(beside, 'object', gathering)
  const [root, section = '', name = ''] = tokensOf($ref)
  if (root === 'components') {
    addComponent(gathering, section, name)
    return { $ref, ...rest }
  }
  const target = lookUp(gathering.document, $ref)
  if (!isSchemaPlace($ref)) {
    if (gathering.open.has($ref)) return rest
    const open = new Set([...gathering.open, $ref])
    return { ...(copyValue(target, 'object', { ...gathering, open }) as Fields), ...rest }
  }
  return { $ref: `#/components/schemas/${moveSchema($ref, target, gathering)}`, ...rest }
}

/** Whether what stands at a place outside the components is a schema: it may hold itself, so it gets a name. */
const isSchemaPlace = (ref: string) =>
  /\/(?:schema|items|not|additionalProperties)$|\/(?:properties|allOf|oneOf|anyOf|prefixItems)\/[^/]+$/.test(ref)

function moveSchema(ref: string, target: unknown, gathering: Gathering): string {
  const known = gathering.moved.get(ref)
  if (known !== undefined) return known
  const taken = { ...gathering.document.components?.schemas, ...Object.fromEntries(gathering.moved) }
  const names = new Set([...Object.keys(taken), ...gathering.moved.values()])
  let [name, count] = ['Inline', 1]
  while (names.has(name)) name = `Inline${++count}`
  gathering.moved.set(ref, name)
  addCopy(gathering, { section: 'schemas', name, value: target })
  return name
}

function sectionOf({ components }: Gathering, section: string): Map<string, unknown> {
  const known = components.get(section) ?? new Map<string, unknown>()
  components.set(section, known)
  return known
}

function addComponent(gathering: Gathering, section: string, name: string): void {
  const all = gathering.document.components?.[section]
  if (!all || !Object.hasOwn(all, name)) return
  const known = sectionOf(gathering, section)
  if (known.has(name)) return
  addCopy(gathering, { section, name, value: all[name] })
}

/** Adds a component; it has its place before what it holds, which may be itself. */
function addCopy(
  gathering: Gathering,
  { section, name, value }: { section: string; name: string; value: unknown },
): void {
  const known = sectionOf(gathering, section)
  known.set(name, undefined)
  gathering.next.push(() => known.set(name, copyValue(value, 'object', { ...gathering, open: new Set() })))
}
