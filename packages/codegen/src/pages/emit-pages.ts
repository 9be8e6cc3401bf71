import { posix } from 'node:path'
import type { SampleClient } from '../samples/sample-client.ts'
import type { Emitter } from '../spec/config.ts'

/**
 * Emits documentation as Markdown into a folder: a page for each operation, one that lists them, and one for webhooks.
 * With a `client`, pages have samples, and say how programs in TypeScript call the API.
 */
export function emitPages({ path, client }: { path: string; client?: SampleClient }): Emitter {
  return async (document, { source }) => {
    // Whoever emits no pages needs none of the modules that make them.
    const { renderPages } = await import('./render-pages.ts')
    return renderPages(document, { client, source }).map((page) => ({
      path: posix.join(path, page.path),
      text: page.text,
      folder: path,
    }))
  }
}
