import { STATUS_CODES } from 'node:http'
import { errorCodes } from '@minimo/api-types'
import type { SandboxResponse } from './exchange.ts'
import type { Refusal } from './refusal.ts'

/** The media type of every error. */
export const json = 'application/json'

/** The code that a refusal has: its own, or that of its status. */
export function codeOf({ status, code }: Pick<Refusal, 'status' | 'code'>): string {
  const known: Readonly<Record<string, string>> = errorCodes
  return code ?? known[status] ?? nameStatus(status)
}

/** A refusal as the answer that it becomes; `body` takes the place of `{ error: { code, message, details? } }`. */
export function errorResponse(refusal: Refusal, body: unknown = generalError(refusal)): SandboxResponse {
  const { status, headers } = refusal
  return { status, headers: { ...headers, 'content-type': json }, body: JSON.stringify(body) }
}

function generalError(refusal: Refusal): unknown {
  const { message, details } = refusal
  return { error: { code: codeOf(refusal), message, ...(details !== undefined && { details }) } }
}

/** The status's name as a code, such as `content_too_large`. */
function nameStatus(status: number): string {
  return (STATUS_CODES[status] ?? `http ${status}`).toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
}
