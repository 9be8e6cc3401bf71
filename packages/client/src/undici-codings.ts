import { pipeline, Readable, type Transform } from 'node:stream'
import * as zlib from 'node:zlib'

/** Makes what undoes a coding; the first bytes of the body may tell how. */
type CreateDecoder = (start: Uint8Array) => Transform

const decoders = new Map<string, CreateDecoder>([
  ['br', () => zlib.createBrotliDecompress()],
  ['gzip', () => zlib.createGunzip()],
  ['x-gzip', () => zlib.createGunzip()],
  // Some servers leave out the header that the standard asks for.
  ['deflate', ([first = 0]) => (first % 16 === 8 ? zlib.createInflate() : zlib.createInflateRaw())],
])
// Node 20 has none.
if ('createZstdDecompress' in zlib) decoders.set('zstd', () => zlib.createZstdDecompress())

/** What `accept-encoding` is sent by default; the newer codings only where no proxy can spoil them, as `fetch` does. */
export const acceptable: Readonly<Record<string, string>> = {
  'http:': 'gzip, deflate',
  'https:': [...decoders.keys()].filter((name) => name !== 'x-gzip').join(', '),
}

/** As many codings in a row as `fetch` undoes: each can make a body a thousand times larger. */
const most = 5

/**
 * A body with its `content-encoding` undone; as it is where that names an unknown coding. Ends with an error where the
 * body is broken or cut short.
 */
export function decode(body: Readable, encoding: string | readonly string[] = ''): AsyncIterable<Uint8Array> {
  const names = String(encoding)
    .toLowerCase()
    .split(/[\s,]+/)
  const codings = names.filter((name) => name !== '' && name !== 'identity')
  const chain = codings.flatMap((name) => decoders.get(name) ?? []).reverse()
  return chain.length > 0 && chain.length === codings.length && chain.length <= most ? undo(body, chain) : body
}

async function* undo(body: Readable, chain: readonly CreateDecoder[]): AsyncGenerator<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = body[Symbol.asyncIterator]()
  const { done, value } = await chunks.next()
  // No bytes at all are an empty body; zlib would call it cut short.
  if (done) return
  const all = async function* () {
    yield value
    yield* { [Symbol.asyncIterator]: () => chunks }
  }
  const decoders = chain.map((create) => create(value))
  pipeline([Readable.from(all()), ...decoders], () => undefined)
  yield* decoders.at(-1) ?? []
}
