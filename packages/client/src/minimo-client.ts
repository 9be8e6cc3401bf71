import { errorCodes, operations, servers } from '@minimo/api-types'
import { type ApiClient, createApiClient } from './core/api-client.ts'
import type { IsApiError } from './core/api-error-types.ts'
import { ClientError, isApiError as isAnyApiError } from './core/errors.ts'
import type { ClientOptions } from './core/options.ts'
import { identityHeaders, isBrowser } from './identity.ts'
import type { MinimoTable } from './resources/caller.ts'
import { type AnyCustomFields, type Contacts, createContacts } from './resources/contacts.ts'
import { type CustomFields, createCustomFields } from './resources/custom-fields.ts'
import { createEmailTemplates, type EmailTemplates } from './resources/email-templates.ts'
import { createEmails, type Emails } from './resources/emails.ts'
import { createTransactionals, type Transactionals } from './resources/transactionals.ts'
import { createWhatsApp, type WhatsApp } from './resources/whatsapp.ts'

/**
 * Whether an error is an `ApiError`: of the given status, or of the operation with the given operationId
 * (`updateContactById`), whose `status` then tells which of the documented bodies `body` is. Works across realms and
 * copies of this package.
 */
export const isApiError = isAnyApiError as IsApiError<MinimoTable>

/** Options of `createMinimoClient`. */
export interface MinimoClientOptions extends Omit<ClientOptions, 'baseUrl' | 'errorCodes' | 'retryCountHeader'> {
  /** Default: the environment's `MINIMO_API_KEY`. */
  apiKey?: ClientOptions['apiKey']
  /** One base URL for all servers, or some by their key. Default: `MINIMO_API_URL`, else the servers of the spec. */
  baseUrl?: string | Partial<Record<keyof typeof servers, string | undefined>> | undefined
  /** Allows use in a browser, where anyone can read the API key. Default false. */
  dangerouslyAllowBrowser?: boolean | undefined
}

/** A client for the Minimo API; `CustomFields` types the custom fields of its contacts. */
export interface MinimoClient<ContactFields = AnyCustomFields> extends ApiClient<MinimoTable> {
  readonly contacts: Contacts<ContactFields>
  readonly customFields: CustomFields
  readonly whatsapp: WhatsApp
  readonly emails: Emails
  readonly emailTemplates: EmailTemplates
  readonly transactionals: Transactionals
}

/**
 * Makes a client for the Minimo API. Keeps no connection and no state beyond itself.
 * Throws `ClientError` without an API key, in a browser, and for options that cannot work.
 */
export function createMinimoClient<ContactFields = AnyCustomFields>({
  apiKey: givenKey,
  baseUrl = {},
  dangerouslyAllowBrowser = false,
  ...options
}: MinimoClientOptions = {}): MinimoClient<ContactFields> {
  const inBrowser = isBrowser()
  if (!dangerouslyAllowBrowser && inBrowser) {
    throw new ClientError(
      'in a browser anyone can read the API key: call from a server; with a key of the sandbox, set dangerouslyAllowBrowser',
    )
  }
  const isBlank = typeof givenKey === 'string' && givenKey.trim() === ''
  const apiKey = (isBlank ? undefined : givenKey) ?? readEnvironment('MINIMO_API_KEY')
  if (apiKey === undefined) {
    throw new ClientError('no API key: pass apiKey or set MINIMO_API_KEY (mn-CLIENT_ID-SECRET)')
  }
  const everywhere = typeof baseUrl === 'string' ? baseUrl : readEnvironment('MINIMO_API_URL')
  const baseUrls = Object.entries(servers).map(([key, url]) => [
    key,
    Reflect.get(Object(baseUrl), key) ?? everywhere ?? url,
  ])
  const headers = Object.entries(options.headers ?? {}).filter(([, value]) => value !== undefined)
  const client = createApiClient(operations, {
    ...options,
    apiKey,
    baseUrl: Object.fromEntries(baseUrls),
    errorCodes,
    retryCountHeader: 'x-minimo-retry-count',
    headers: { ...identityHeaders(inBrowser), ...Object.fromEntries(headers) },
  })
  return {
    ...client,
    contacts: createContacts<ContactFields>(client.call),
    customFields: createCustomFields(client.call),
    whatsapp: createWhatsApp(client.call),
    emails: createEmails(client.call),
    emailTemplates: createEmailTemplates(client.call),
    transactionals: createTransactionals(client.call),
  }
}

function readEnvironment(name: string): string | undefined {
  const { process } = globalThis as { process?: { env?: Record<string, string | undefined> } }
  return process?.env?.[name]?.trim() || undefined
}
