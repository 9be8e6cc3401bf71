import { deepEqual } from 'node:assert/strict'
import type { Readable } from 'node:stream'
import { run } from 'packed'
import type { Workbench } from './check.ts'
import { openHouse } from './houses.ts'
import { contactFound, loadScript } from './script.ts'
import type { Result } from './stage.ts'
import { toResult } from './suite.ts'

const quiet = { NEXT_TELEMETRY_DISABLED: '1' }

/**
 * Builds an application with Next.js, without a key, starts it with one, and asks its route handlers, in Node and in
 * the Edge runtime.
 */
export async function runInNext(workbench: Workbench): Promise<Result[]> {
  const packages = ['next', 'react', 'react-dom', 'typescript', '@types/node', '@types/react']
  const folder = await openHouse(workbench, 'next', packages)
  const program = workbench.tools.file('next', 'dist/bin/next')
  await run(process.execPath, [program, 'build'], { cwd: folder, env: { ...quiet, MINIMO_API_KEY: '' } })
  const { baseUrl } = await loadScript(workbench.url, [contactFound])
  const env = { ...quiet, MINIMO_API_KEY: 'mn-1-abc', MINIMO_API_URL: baseUrl }
  const args = [program, 'start', '--hostname', '127.0.0.1', '--port', '0']
  const server = run(process.execPath, args, { cwd: folder, env, reject: false })
  try {
    const url = await Promise.race([
      readUrl(server.all),
      server.then(({ all }) => Promise.reject(new Error(`next start ended\n${all}`))),
    ])
    const results: Result[] = []
    for (const [place, suffix] of [
      ['Node', ''],
      ['Edge', '-edge'],
    ] as const) {
      const contact = await toResult(`${place}: a route handler answers`, async () => {
        const response = await fetch(`${url}/api/contact${suffix}?email=anna@example.com`)
        deepEqual([response.status, await response.json()], [200, { id: 42 }])
      })
      const response = await fetch(`${url}/api/suite${suffix}`, { method: 'POST', body: workbench.url })
      const suite = (await response.json()) as Result[]
      results.push(contact, ...suite.map((result) => ({ ...result, name: `${place}: ${result.name}` })))
    }
    return results
  } finally {
    server.kill()
    await server
  }
}

/** The address that a server says it listens on, once it is ready. */
function readUrl(output: Readable): Promise<string> {
  return new Promise((resolve) => {
    let said = ''
    output.on('data', (chunk: Buffer) => {
      said += chunk
      const [, url] = /Local:\s+(\S+)[\s\S]*Ready/.exec(said) ?? []
      if (url) resolve(url)
    })
  })
}
