import type { Emitter } from '../spec/config.ts'
import { type OpenApiDocument, resolve, type Schema } from '../spec/document.ts'
import { key, literal } from '../spec/literal.ts'
import { referenceTo } from '../spec/pointer.ts'
import { comment } from './comment.ts'
import { generatedHeader } from './header.ts'
import { createNameCheck } from './type-names.ts'

/**
 * Emits the object schemas that have names in snake_case as a client may show them, with their own names in camelCase.
 * They are written out and not mapped by the compiler, because a mapped type that renames loses the words of the spec.
 */
export function emitCamelCase({ path, types }: { path: string; types: string }): Emitter {
  return async (document, { source }) => {
    const isTypeName = await createNameCheck()
    const isFree = (name: string) => isTypeName(name) && name !== 'components' && name !== 'Required'
    const names = Object.keys(document.components?.schemas ?? {}).filter(isFree)
    const views = names.flatMap((name) => view(document, name) ?? [])
    const text = views.length > 0 ? `import type { components } from '${types}'\n${views.join('')}` : 'export {}\n'
    return [{ path, text: generatedHeader(source) + text }]
  }
}

function view(document: OpenApiDocument, name: string): string | undefined {
  const parts = collectParts(document, { $ref: referenceTo(['components', 'schemas', name]) })
  const required = new Set(parts.flatMap((part) => part.required ?? []))
  const properties = new Map(parts.flatMap(({ properties = {} }) => Object.entries(properties)))
  // Nobody reads what is only written.
  const read = [...properties].filter(([, property]) => resolve(document, property).writeOnly !== true)
  if (read.every(([property]) => camelCase(property) === property)) return undefined
  const lines = new Map(
    read.map(([property, schema]) => {
      const words = schema.description ?? resolve(document, schema).description
      const type = `components['schemas'][${literal(name)}]`
      const optional = `?: Required<${type}>`
      const field = `  ${key(camelCase(property))}${required.has(property) ? `: ${type}` : optional}[${literal(property)}]\n`
      return [camelCase(property), (words ? `${comment(words, '  ')}\n` : '') + field] as const
    }),
  )
  const about = parts.find(({ description }) => description)?.description ?? `The schema \`${name}\` of the API.`
  return `\n${comment(about)}\nexport interface ${name} {\n${[...lines.values()].join('')}}\n`
}

/** A schema and all parts of its `allOf`, its own first; none where it has alternatives, whose names are not all there. */
function collectParts(document: OpenApiDocument, schema: Schema): Schema[] {
  const target = resolve(document, schema)
  if (target.anyOf || target.oneOf) return []
  return [target, ...(target.allOf ?? []).flatMap((part) => collectParts(document, part))]
}

const camelCase = (name: string) => name.replace(/_+(.?)/g, (_, letter: string) => letter.toUpperCase())
