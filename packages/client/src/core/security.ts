import { type ApiKey, type Asked, ask, checkKey, isSet, signing } from './auth.ts'
import { type Call, type Operation, type Plugin, withHeader } from './call.ts'
import { ClientError } from './errors.ts'
import { appendQuery } from './url.ts'

/** What a security scheme of a description has a request carry. */
export type SecurityScheme =
  | { readonly type: 'http'; readonly scheme: string }
  | { readonly type: 'apiKey'; readonly in: 'header' | 'query' | 'cookie'; readonly name: string }

/** The schemes that a table's operations name: the generated `securitySchemes`. */
export type SecuritySchemes = Readonly<Record<string, SecurityScheme>>

/** What the scheme `basic` takes. */
export interface BasicCredentials {
  username: string
  password: string
}

/** What a scheme takes: a key or, for `basic`, a username and password; or a function that is asked on every attempt. */
export type CredentialFor<Scheme> = Scheme extends { readonly scheme: 'basic' } ? Asked<BasicCredentials> : ApiKey

/**
 * What `apiKey` is for a table's schemes: for one, or bearer tokens alone, the credential; for several, credentials by
 * their names; nothing where no operation needs any.
 */
export type Credentials<Schemes> = [keyof Schemes] extends [never]
  ? undefined
  : [Schemes[keyof Schemes]] extends [{ readonly scheme: 'bearer' }]
    ? ApiKey
    : IsUnion<keyof Schemes> extends true
      ? { readonly [Name in keyof Schemes]?: CredentialFor<Schemes[Name]> | undefined }
      : CredentialFor<Schemes[keyof Schemes]>

type IsUnion<Type, Whole = Type> = Type extends unknown ? ([Whole] extends [Type] ? false : true) : never

/** Makes the plugin that sends credentials. Throws `ClientError` for those that cannot be sent. */
export type Authenticator = (apiKey: unknown) => Plugin

/**
 * Makes what sends credentials as the description says: bearer, basic and other HTTP schemes, keys in a header, the query
 * or a cookie, one or several together, by the first of an operation's alternatives that all is given for. Give it to
 * `createApiClient` as the option `authenticate`. What is set by hand wins; `null` for a call's header sends none there.
 */
export function createAuthenticator(schemes: SecuritySchemes): Authenticator {
  return (apiKey) => {
    const credentials = nameCredentials(schemes, apiKey)
    const signers = new Map(Object.entries(schemes).map(([name, s]) => [name, createSigner(s, credentials[name])]))
    const bearers = Object.keys(schemes).filter((name) => isBearer(schemes[name]))
    return signing(
      async (call) => {
        let signed = call
        for (const name of choose(call, bearers, signers)) signed = (await signers.get(name)?.sign(signed)) ?? signed
        return signed
      },
      Object.values(credentials).some((credential) => typeof credential === 'function'),
    )
  }
}

const isBearer = (scheme?: SecurityScheme) => scheme?.type === 'http' && scheme.scheme === 'bearer'

/** Credentials by the names of schemes. One scheme, or bearer tokens alone, need no names. */
function nameCredentials(schemes: SecuritySchemes, apiKey: unknown): Readonly<Record<string, unknown>> {
  const names = Object.keys(schemes)
  if (names.length === 1 || Object.values(schemes).every(isBearer)) {
    return Object.fromEntries(names.map((name) => [name, apiKey]))
  }
  const isNamed = typeof apiKey === 'object' && apiKey !== null && Object.keys(apiKey).every((n) => names.includes(n))
  if (isNamed) return { ...apiKey }
  throw new ClientError(`apiKey must be an object with credentials by the names of schemes: ${names.join(', ')}`)
}

/** The names of the first alternative for which all is there. A row without `security` takes any bearer token. */
function choose(call: Call, bearers: readonly string[], signers: ReadonlyMap<string, Signer>): readonly string[] {
  const { operation } = call
  const alternatives = operation.security ?? bearers.map((name) => [name])
  const isReady = (name: string) => signers.get(name)?.isReady(call)
  const ready = alternatives.find((names) => names.length > 0 && names.every(isReady))
  const isFree = alternatives.length === 0 || alternatives.some((names) => names.length === 0)
  if (ready || isFree) return ready ?? []
  const wanted = alternatives.map((names) => names.join(' and ')).join(', or ')
  throw new ClientError(`apiKey lacks the credentials for ${wanted}`, { operation })
}

/** Sends the credential of a scheme. */
interface Signer {
  /** Whether there is a credential, or the caller has set one by hand. */
  isReady(call: Call): boolean
  sign(call: Call): Promise<Call>
}

function createSigner(scheme: SecurityScheme, credential: unknown): Signer {
  if (credential !== undefined && typeof credential !== 'function') textOf(scheme, credential)
  const byHand = (call: Call): boolean => {
    const value = valueIn(call, scheme)
    if (value) call.progress.secrets.push(value)
    return value !== undefined
  }
  return {
    isReady: (call) => credential !== undefined || byHand(call),
    async sign(call) {
      if (byHand(call)) return call
      const { text, secrets } = textOf(scheme, await ask(credential, call.operation), call.operation)
      call.progress.secrets.push(...secrets)
      return put(call, scheme, text)
    },
  }
}

/** What the request carries already where the scheme's credential goes; '' where the call has it removed. */
function valueIn(call: Call, scheme: SecurityScheme): string | undefined {
  const { url, headers } = call.request
  if (scheme.type === 'apiKey' && scheme.in === 'query') return new URL(url).searchParams.get(scheme.name) ?? undefined
  const header = headerOf(scheme)
  if (scheme.type === 'apiKey' && scheme.in === 'cookie') {
    if (!headers.cookie && isSet(call, 'cookie')) return ''
    const found = headers.cookie?.split('; ').find((pair) => pair.startsWith(`${scheme.name}=`))
    return found?.slice(scheme.name.length + 1)
  }
  return isSet(call, header) ? (headers[header]?.replace(/^\S+ /, '') ?? '') : undefined
}

const headerOf = (scheme: SecurityScheme) => (scheme.type === 'http' ? 'authorization' : scheme.name.toLowerCase())

function put(call: Call, scheme: SecurityScheme, text: string): Call {
  if (scheme.type === 'http' || scheme.in === 'header') return withHeader(call, headerOf(scheme), text)
  const pair = `${encodeURIComponent(scheme.name)}=${encodeURIComponent(text)}`
  if (scheme.in === 'query') return { ...call, request: { ...call.request, url: appendQuery(call.request.url, pair) } }
  const { cookie } = call.request.headers
  return withHeader(call, 'cookie', `${cookie ? `${cookie}; ` : ''}${scheme.name}=${text}`)
}

/** A credential as its scheme sends it, and what of it is secret. */
function textOf(scheme: SecurityScheme, credential: unknown, operation?: Operation) {
  if (scheme.type === 'http' && scheme.scheme === 'basic') {
    const { username, password } = Object(credential) as Partial<BasicCredentials>
    if (typeof username !== 'string' || typeof password !== 'string' || username.includes(':')) {
      throw new ClientError('apiKey must be { username, password }, two texts, no colon in the first', { operation })
    }
    const encoded = toBase64(`${username}:${password}`)
    return { text: `Basic ${encoded}`, secrets: [encoded, password, username] }
  }
  const key = checkKey(credential, operation)
  if (scheme.type === 'apiKey' && scheme.in === 'cookie' && /[;,"\\]/.test(key)) {
    throw new ClientError('apiKey for a cookie must be without ; , " and backslash', { operation })
  }
  const prefix = scheme.type === 'http' ? `${scheme.scheme.replace(/^./, (letter) => letter.toUpperCase())} ` : ''
  return { text: prefix + key, secrets: [key] }
}

const toBase64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))
