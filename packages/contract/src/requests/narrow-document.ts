import {
  listParameters,
  lookUp,
  type OpenApiDocument,
  type OperationEntry,
  type Parameter,
  resolve,
} from 'codegen/document'

/** How many objects and lists the schemas of one operation may have before what is left of them allows any value. */
export const mostParts = 2000

/** A document of one operation, and what its path says that no path can hold. */
export interface NarrowDocument {
  document: OpenApiDocument
  /** What has to stand in the query, from a path such as `/?Action=List`. */
  fixedQuery: readonly (readonly [name: string, value: string])[]
}

/**
 * A document with one operation, and nothing in it that refers to anything: a judge that writes out every reference needs
 * no longer for it than for a plain one. What stands in itself, or goes beyond `mostParts`, allows any value there. Text
 * and bytes lose their schemas, which speak of values and not of text.
 */
export function narrowDocument(document: OpenApiDocument, entry: OperationEntry): NarrowDocument {
  const { requestBody, responses = {}, security = document.security } = entry.operation
  // No `fetch` sends a body with these, whatever a description says.
  const isBare = entry.method === 'get' || entry.method === 'head'
  const body = requestBody && !isBare ? resolve(document, requestBody) : undefined
  const content = Object.entries(body?.content ?? {}).map(([type, { schema, ...media }]) => [
    type,
    isValue(type) ? { schema, ...media } : media,
  ])
  const [path = '', query] = entry.path.replace(/#.*/, '').split('?')
  const pairs = [...new URLSearchParams(query)]
  const parameters = listParameters(document, entry)
    .filter((parameter) => !isIgnored(parameter))
    .map((one) => inQuery(one, pairs))
  const steps = new Map(parameters.flatMap((one, index) => (isOddStep(one) ? [[one.name, `step${index}`]] : [])))
  const operation = {
    operationId: 'judged',
    parameters: parameters.map((one) => ({ ...one, name: (one.in === 'path' && steps.get(one.name)) || one.name })),
    ...(body && { requestBody: { ...body, content: Object.fromEntries(content) } }),
    ...(security && { security }),
    responses,
  }
  const template = path.replace(/\{([^{}]+)\}/g, (whole, name) => (steps.has(name) ? `{${steps.get(name)}}` : whole))
  const paths = { [template]: { [entry.method]: writeOut(document, operation) } }
  const securitySchemes = writeOut(document, document.components?.securitySchemes ?? {})
  const info = { title: 'Judged', version: '1' }
  return {
    // Sound: parts of a document, as they stand in it.
    document: { openapi: document.openapi, info, paths, components: { securitySchemes } } as OpenApiDocument,
    fixedQuery: pairs.filter(([, value]) => !value.includes('{')),
  }
}

/** A parameter whose place in the path is in the query there, such as `id` in `/items?item={id}`. */
function inQuery(parameter: Parameter, pairs: readonly (readonly [string, string])[]): Parameter {
  const [name] = pairs.find(([, value]) => parameter.in === 'path' && value === `{${parameter.name}}`) ?? []
  return name === undefined ? parameter : { ...parameter, in: 'query', name }
}

/** Whether Prism finds no placeholder of a parameter's name, which says nothing of what is sent but in a matrix. */
const isOddStep = ({ in: place, name, style }: Parameter) =>
  place === 'path' && style !== 'matrix' && !/^[\w-]+$/.test(name)

/** Whether the standard says that a parameter means nothing: bodies, answers and security speak of these headers. */
export const isIgnored = (parameter: { in: string; name: string }): boolean =>
  parameter.in === 'header' && /^(accept|content-type|authorization)$/i.test(parameter.name)

/** Whether a text is a pattern as JSON Schema has it: others write theirs in the dialect of their own language. */
export function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text, 'u'))
  } catch {
    return false
  }
}

/** Whether what is sent in a media type is a value: JSON, or a form. */
export const isValue = (type: string): boolean => isJson(type) || isForm(type)

/** Whether a media type is that of JSON, or leaves it open. */
export const isJson = (type: string): boolean => /[/+]json\s*(;|$)/i.test(type) || /^\*\/\*/.test(type)

/** Whether a media type is that of a form. */
export const isForm = (type = ''): boolean => /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type)

/** A value that is still to be copied, and the references that it stands in. */
interface Open {
  value: object
  copy: object
  /** Whether its keys are names, and no keywords. */
  isNames: boolean
  within: readonly string[]
}

/** A copy without references, made in breadth: what lies deep is given up first. */
function writeOut(document: OpenApiDocument, root: object): object {
  const start: Open = { value: root, copy: {}, isNames: false, within: [] }
  const open = [start]
  for (const { value, copy, isNames, within } of open) {
    for (const [key, child] of Object.entries(value)) {
      if (!isNames && (key.startsWith('x-') || key === '$ref')) continue
      // With it Prism would take the whole schema for one that allows anything.
      if (key === 'pattern' && typeof child === 'string' && !isPattern(child)) continue
      const isData = !isNames && /^(example|value|default|enum|const)$/.test(key)
      // Prism follows references in examples, where they are data.
      if (isData && holdsReference(child)) continue
      const isPlain = typeof child !== 'object' || child === null || isData
      const found = isPlain ? child : follow(document, child, within)
      let next: unknown = isPlain ? child : {}
      if (!isPlain && found && open.length < mostParts) {
        next = Array.isArray(found.value) ? [] : {}
        open.push({ ...found, copy: Object(next), isNames: !isNames && namesOf.test(key) })
      }
      // Whatever its name is: `__proto__` is one.
      Object.defineProperty(copy, key, { value: next, enumerable: true, configurable: true, writable: true })
    }
  }
  return start.copy
}

const holdsReference = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && ('$ref' in value || Object.values(value).some(holdsReference))

/** Keywords whose value has names as keys. */
const namesOf =
  /^(properties|patternProperties|dependentSchemas|headers|content|responses|examples|encoding|callbacks|links|securitySchemes)$/

/** What a value refers to, if anything, under what stands beside the reference; nothing where it stands in itself. */
function follow(document: OpenApiDocument, value: object, within: readonly string[]) {
  let found: object = value
  let path = within
  for (let ref = Reflect.get(found, '$ref'); typeof ref === 'string'; ref = Reflect.get(found, '$ref')) {
    if (path.includes(ref)) return undefined
    path = [...path, ref]
    const { $ref: _, ...beside } = found as { $ref?: string }
    found = { ...Object(lookUp(document, ref)), ...beside }
  }
  return { value: found, within: path }
}
