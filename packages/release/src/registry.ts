import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { runServer } from 'verdaccio'

/** A try to publish that reached the registry. */
export interface Publication {
  /** The package's name, such as `@minimo/client`. */
  name: string
  /** What the registry answered: 201, or 403 where it was told to refuse. */
  status: number
}

/** What the registry knows of a package. */
export interface PackageRecord {
  /** Versions by dist-tag, such as `latest`. */
  'dist-tags': Readonly<Record<string, string>>
  versions: Readonly<Record<string, { dependencies?: Readonly<Record<string, string>>; devDependencies?: object }>>
}

/** A package registry on this machine. */
export interface Registry {
  /** Its origin, without a trailing slash. */
  url: string
  /** Every try to publish so far, the oldest first. */
  publications: readonly Publication[]
  /** Makes publishing of exactly these packages fail from now on; an empty list lifts that. */
  refuse(names: readonly string[]): void
  /** Reads what it knows of a package. Rejects where it knows none. */
  read(name: string): Promise<PackageRecord>
  /** Stops it and frees its port. */
  close(): Promise<void>
}

/**
 * Starts a Verdaccio, with its packages in a folder, on a free port of this machine. Anyone may read and publish; it
 * asks no other registry for what it does not have.
 */
export async function startRegistry(folder: string): Promise<Registry> {
  const verdaccio = await runServer(configure(folder))
  const publications: Publication[] = []
  let refused: readonly string[] = []
  const server = createServer((request, response) => {
    const name = publishedName(request)
    if (name !== undefined) response.once('finish', () => publications.push({ name, status: response.statusCode }))
    if (name !== undefined && refused.includes(name)) refusePublication(request, response)
    else verdaccio.emit('request', request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    publications,
    refuse: (names) => {
      refused = names
    },
    read: async (name) => {
      const response = await fetch(`${url}/${encodeURIComponent(name)}`)
      if (!response.ok) throw new Error(`The registry answered ${response.status} when asked for ${name}.`)
      return (await response.json()) as PackageRecord
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const configure = (folder: string) => ({
  self_path: folder,
  storage: join(folder, 'storage'),
  auth: { htpasswd: { file: join(folder, 'htpasswd') } },
  uplinks: {},
  packages: { '**': { access: '$all', publish: '$all' } },
  log: { type: 'stdout', format: 'pretty', level: 'fatal' },
})

/** `PUT /@scope%2fname` publishes a version of a package. */
function publishedName({ method, url = '' }: IncomingMessage): string | undefined {
  const path = decodeURIComponent(url.split('?')[0] ?? '')
  return method === 'PUT' && !path.startsWith('/-/') ? path.slice(1) : undefined
}

function refusePublication(request: IncomingMessage, response: ServerResponse): void {
  request.resume()
  response.writeHead(403, { 'content-type': 'application/json' })
  response.end(JSON.stringify({ error: 'This registry was told to refuse the package.' }))
}
