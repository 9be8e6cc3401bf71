import type { Emitter } from '../spec/config.ts'
import { generatedNote } from '../spec/run-script.ts'

/** Emits the document itself, bundled into one file; YAML, or JSON where the path ends in `.json`. */
export function emitDocument({ path }: { path: string }): Emitter {
  return async (document, { source }) => {
    if (path.endsWith('.json')) return [{ path, text: `${JSON.stringify(document, null, 2)}\n` }]
    const { stringifyYaml } = await import('@redocly/openapi-core')
    return [{ path, text: `# ${generatedNote(source)}\n${stringifyYaml(document, { noRefs: true, lineWidth: 120 })}` }]
  }
}
