import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'

/** What is served, and where. */
export interface StaticServerOptions {
  folder: string
  /** The path below which the folder is served, with a slash at both ends. Default: the root. */
  base?: string
  /** Default: any free one. */
  port?: number
}

/** A server of files on this machine's loopback. */
export interface StaticServer {
  /** The address of the first page. */
  url: string
  /** Ends it, and the connections to it. */
  close(): Promise<void>
}

/**
 * Serves a folder as static hosts do: text compressed, the index page of a folder, `404.html` for what is not there.
 * Rejects when the port is taken.
 */
export async function startStaticServer({ folder, base = '/', port = 0 }: StaticServerOptions): Promise<StaticServer> {
  const server = createServer(async ({ url = '/' }, response) => {
    const path = parsePath(url)
    const file = path?.startsWith(base) ? findFile(folder, path.slice(base.length)) : undefined
    if (file === 'folder') response.writeHead(301, { location: `${path}/` }).end()
    else await send(response, file ?? join(folder, '404.html'), file ? 200 : 404)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${base}`, close }
}

function parsePath(url: string): string | undefined {
  try {
    return decodeURI(new URL(url, 'http://localhost').pathname)
  } catch {
    return undefined
  }
}

/** The file of a path; `folder` for that of a folder without the slash at its end. */
function findFile(folder: string, path: string): string | undefined {
  const file = join(folder, normalize(`/${path}`))
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found?.isDirectory()) return found && file
  const index = join(file, 'index.html')
  if (!statSync(index, { throwIfNoEntry: false })) return undefined
  return path.endsWith('/') || path === '' ? index : 'folder'
}

async function send(response: ServerResponse, file: string, status: number): Promise<void> {
  const type = types[extname(file)]
  const body = await readFile(file).catch(() => Buffer.from('Not found'))
  const sent = type ? gzipSync(body) : body
  response.writeHead(status, {
    'content-type': type ?? 'application/octet-stream',
    'content-length': sent.length,
    ...(type && { 'content-encoding': 'gzip' }),
  })
  response.end(sent)
}

/** What is text, and so is worth compressing. */
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/xml',
}
