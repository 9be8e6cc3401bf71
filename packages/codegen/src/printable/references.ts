import { lookUp, type OpenApiDocument } from '../spec/document.ts'
import { isRecord } from '../spec/kinds.ts'
import { referenceTo, tokensOf } from '../spec/pointer.ts'
import { type Fields, type SlotKind, setField, visitDocument, visitInner } from './visit.ts'

const sections: Record<SlotKind, string> = {
  schema: 'schemas',
  parameter: 'parameters',
  header: 'headers',
  requestBody: 'requestBodies',
  response: 'responses',
}

/**
 * Makes every reference one to a component of its kind, the only ones whose type has a name. A schema that is referred to
 * where it stands becomes a component under its pointer; anything else stands where it is referred to. Changes the document.
 */
export function nameReferences(document: OpenApiDocument): void {
  const components = document.components ?? {}
  const schemas = components.schemas ?? {}
  const waiting: [name: string, ref: string][] = []

  const nameIn = (value: unknown): void => {
    if (!isRecord(value)) return
    const { $ref } = value
    if (typeof $ref === 'string' && !isComponent($ref, 'schema')) value.$ref = nameOf($ref)
    visitInner(value, (holder, key) => nameIn(holder[key]))
  }
  const nameOf = (ref: string): string => {
    const name = tokensOf(ref)
      .join('/')
      .replace(/^components\/schemas\//, '')
    if (!Object.hasOwn(schemas, name)) {
      setField(schemas, name, undefined)
      waiting.push([name, ref])
    }
    return referenceTo(['components', 'schemas', name])
  }
  visitDocument(document, ({ holder, key, kind }) => {
    if (kind === 'schema') nameIn(holder[key])
    else setField(holder, key, inPlace(document, holder[key], kind, holder === components[sections[kind]]))
  })
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [name, ref] = next
    const schema = structuredClone(lookUp(document, ref))
    nameIn(schema)
    setField(schemas, name, schema)
  }
  if (Object.keys(schemas).length > 0) document.components = { ...components, schemas }
}

/** What a reference leads to, where it may not stay: in the components themselves, one to another has no type. */
function inPlace(document: OpenApiDocument, value: unknown, kind: SlotKind, isOfComponents: boolean): unknown {
  let current = value
  while (isRecord(current) && typeof current.$ref === 'string') {
    if (isComponent(current.$ref, kind) && !isOfComponents) return current
    const { $ref, ...rest } = current
    current = { ...(structuredClone(lookUp(document, $ref as string)) as Fields), ...rest }
  }
  return current
}

const isComponent = (ref: string, kind: SlotKind) => {
  const [root, components, section, ...rest] = ref.split('/')
  return root === '#' && components === 'components' && section === sections[kind] && rest.length === 1
}
