import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild-wasm'
import { formatTable } from './measure.ts'

const contactsAlone = `
  export { operations, servers } from '@minimo/api-types'
  export { createApiClient } from '@minimo/client/core'
  export { createContacts } from '@minimo/client'`

/** The least that a user of each package imports. */
const imports: Record<string, string> = {
  '@minimo/client, default': "export { createMinimoClient } from '@minimo/client'",
  'contacts alone, through core': contactsAlone,
  '@minimo/client/core': "export { createApiClient } from '@minimo/client/core'",
  'openapi-fetch': "export { default } from 'openapi-fetch'",
  ofetch: "export { ofetch } from 'ofetch'",
  '@octokit/request': "export { request } from '@octokit/request'",
  '@octokit/core': "export { Octokit } from '@octokit/core'",
  ky: "export { default } from 'ky'",
  axios: "export { default } from 'axios'",
  '@getbrevo/brevo': "export { BrevoClient } from '@getbrevo/brevo'",
  stripe: "export { default } from 'stripe'",
  openai: "export { default } from 'openai'",
  '@hubspot/api-client': "export { Client } from '@hubspot/api-client'",
}

/** Size of the minimal import of each client with all its dependencies, minified and gzipped. */
export async function benchBundle(): Promise<string> {
  const rows: string[][] = []
  let own = Number.NaN
  for (const [name, contents] of Object.entries(imports)) {
    const code = await bundle(contents)
    const gzipped = gzipSync(code, { level: 9 }).length
    if (Number.isNaN(own)) own = gzipped
    rows.push([name, (code.length / 1000).toFixed(1), (gzipped / 1000).toFixed(2), (gzipped / own).toFixed(2)])
  }
  return formatTable(['import', 'minified kB', 'gzipped kB', 'ratio'], rows)
}

async function bundle(contents: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    // The form for browsers, which is the smaller one where there are two; Node's own modules cost nothing.
    platform: 'browser',
    external: ['node:*', ...builtinModules],
    target: 'es2022',
    legalComments: 'none',
    logLevel: 'error',
  })
  return outputFiles[0]?.contents ?? new Uint8Array()
}
