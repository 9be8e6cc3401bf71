import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { operations } from '@minimo/api-types'
import { type Audience, checkCaller } from '../control/check-caller.ts'
import { eventTypes } from '../events/event.ts'
import { errorResponse } from '../exchange/error-response.ts'
import { controlPrefix, type SandboxRequest, type SandboxResponse } from '../exchange/exchange.ts'
import { Refusal } from '../exchange/refusal.ts'

const page = `${controlPrefix}/`
const assets = `${page}inspector/`

/** In the package's `src`, which is published, so that the same files are served from the sources and from `dist`. */
const folder = new URL('../../src/inspector/page/', import.meta.url)

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
}

/** Nothing from elsewhere, no script in the page itself, and no text that becomes markup: contacts hold what anyone sent. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ')

const headers = {
  'content-security-policy': policy,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-cache',
}

/**
 * Answers requests for the inspector, the page at `/_sandbox/`, with `undefined` for all others. The page does what it
 * does over the control API, so it is for the same callers.
 */
export function createInspector(allow: Audience): (request: SandboxRequest) => Promise<SandboxResponse | undefined> {
  return async (request) => {
    if (!isForInspector(request)) return undefined
    try {
      checkCaller(request, allow)
      return await answer(request)
    } catch (error) {
      return errorResponse(error instanceof Refusal ? error : notThere())
    }
  }
}

/** Programs that ask without the slash at the end get the list of the control API instead. */
function isForInspector({ method, path, headers }: SandboxRequest): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  const isBrowser = path === controlPrefix && (headers.accept ?? '').includes('text/html')
  return isBrowser || path === page || path.startsWith(assets)
}

async function answer({ path }: SandboxRequest): Promise<SandboxResponse> {
  // Relative, for a proxy may serve it below a path of its own.
  if (path === controlPrefix) return { status: 307, headers: { ...headers, location: `.${page}`, vary: 'accept' } }
  const name = path === page ? 'index.html' : path.slice(assets.length)
  if (path !== page && !/^[a-z-]+\.(?:css|js|json|svg)$/.test(name)) throw notThere()
  return {
    status: 200,
    headers: { ...headers, 'content-type': types[extname(name)] ?? '' },
    body: await read(name),
  }
}

async function read(name: string): Promise<string> {
  if (name === 'names.json') return JSON.stringify({ operations: Object.keys(operations), eventTypes })
  return readFile(new URL(name, folder), 'utf8')
}

const notThere = () => new Refusal(404, `The page at ${page} has no file of this name`)
