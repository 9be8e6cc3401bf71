import type { Emitter } from '../config.ts'

/** Emits the document itself, bundled into one file; YAML, or JSON where the path ends in `.json`. */
export function emitDocument({ path }: { path: string }): Emitter {
  return async (document, { source }) => {
    if (path.endsWith('.json')) return [{ path, text: `${JSON.stringify(document, null, 2)}\n` }]
    const { stringifyYaml } = await import('@redocly/openapi-core')
    const header = `# @generated from ${source}. Do not edit: change the spec and run \`pnpm generate\`.\n`
    return [{ path, text: header + stringifyYaml(document, { noRefs: true, lineWidth: 120 }) }]
  }
}
