import { hash, timingSafeEqual } from 'node:crypto'
import { Refusal } from '../exchange/refusal.ts'

/** A key of the sandbox, and whom it acts for. */
export interface SandboxKey {
  /** `mn-<clientId>-<secret>`. */
  key: string
  /** The id of the company; default 1. */
  company?: number
  /** The roles the key has; default: all that the spec names. */
  permissions?: readonly string[]
}

/** The key of a sandbox that was given none. */
export const demoKey = 'mn-sandbox-demo'

/** Security alternatives as the spec has them: schemes, each with the roles that a key needs. */
export type Security = readonly { readonly [scheme: string]: readonly string[] }[]

const expected = 'expected `Bearer mn-<clientId>-<secret>`'

/**
 * Finds the key that an `Authorization` header presents. The function throws a `Refusal` with status 401 that says
 * what is wrong without repeating the header. How long it takes does not depend on how much of a key is right.
 */
export function createAuthenticator(keys: readonly SandboxKey[]): (authorization: string | undefined) => SandboxKey {
  const known = keys.map((key) => ({ key, digest: digest(key.key) }))

  return (authorization) => {
    const presented = readBearer(authorization)
    const digestOfPresented = digest(presented)
    let found: SandboxKey | undefined
    for (const candidate of known) {
      if (timingSafeEqual(candidate.digest, digestOfPresented)) found = candidate.key
    }
    if (found) return found
    if (/^mn-[^-].*-./.test(presented)) throw unauthorized('the key is none of this sandbox. Use a key it was given')
    throw unauthorized(`${expected}, found a key of another form`)
  }
}

/** Throws a `Refusal` with status 403 where a key lacks a role that every alternative asks for. */
export function authorize({ permissions }: SandboxKey, security: Security): void {
  if (!permissions || security.length === 0) return
  const missing = security.map((schemes) =>
    Object.values(schemes)
      .flat()
      .filter((role) => !permissions.includes(role)),
  )
  if (missing.some((roles) => roles.length === 0)) return
  const names = missing.map((roles) => roles.join(' and ')).join(', or ')
  throw new Refusal(403, `This key needs the permission ${names}.`)
}

const digest = (key: string) => hash('sha256', key, 'buffer')

function readBearer(authorization: string | undefined): string {
  if (!authorization) throw unauthorized(`${expected}, found no such header`)
  const [, key] = /^bearer +(\S+) *$/i.exec(authorization) ?? []
  if (key) return key
  if (authorization.startsWith('mn-')) throw unauthorized(`${expected}, found a key without \`Bearer\` before it`)
  if (/^bearer\b/i.test(authorization)) throw unauthorized(`${expected}, found no single key after \`Bearer\``)
  throw unauthorized(`${expected}, found another scheme`)
}

const unauthorized = (what: string) => new Refusal(401, `authorization: ${what}.`)
