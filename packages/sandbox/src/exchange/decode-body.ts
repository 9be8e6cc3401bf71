import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import { bodyLimit, type SandboxRequest } from './exchange.ts'
import { Refusal } from './refusal.ts'

const decoders = { gzip: promisify(gunzip), br: promisify(brotliDecompress) }

/** The codings of a body that are read. */
const known = Object.keys(decoders).join(', ')

/**
 * The request with its body decoded as `content-encoding` says; `too-large` where it grows beyond what is read for the
 * path. Rejects with a `Refusal`: 415 for another coding, 400 where the body is not in this one.
 */
export async function decodeBody(request: SandboxRequest): Promise<SandboxRequest> {
  const { headers, body, path } = request
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity'
  if (coding === 'identity' || coding === '') return request
  const decode = coding === 'gzip' || coding === 'x-gzip' ? decoders.gzip : coding === 'br' ? decoders.br : undefined
  if (!decode) {
    const message = `content-encoding: expected ${known} or no such header, found another coding.`
    throw new Refusal(415, message, { code: 'unsupported_media_type', headers: { 'accept-encoding': known } })
  }
  if (body === 'too-large' || body.length === 0) return request
  try {
    return { ...request, body: await decode(body, { maxOutputLength: bodyLimit(path) }) }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'ERR_BUFFER_TOO_LARGE') return { ...request, body: 'too-large' }
    throw new Refusal(400, `content-encoding: expected a body in ${coding}, found other bytes.`)
  }
}
