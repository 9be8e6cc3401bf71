import { resolve } from '../spec/document.ts'
import { readSchemes } from '../spec/security-schemes.ts'
import { code, join, type Words } from './markdown.ts'
import type { Page } from './site.ts'

/** What a scheme says of keys besides how they are sent. */
interface Scheme {
  $ref?: string
  type?: string
  bearerFormat?: string
}

/** How requests carry the key, in words; nothing where the document never speaks of keys. */
export function keyWords({ document, entry }: Page): Words | undefined {
  const all = document.components?.securitySchemes ?? {}
  const alternatives = entry.operation.security ?? document.security ?? []
  if (Object.keys(all).length === 0 && alternatives.length === 0) return undefined
  const schemes = readSchemes(document)
  const words = alternatives.map((alternative) => {
    const together = Object.entries(alternative).map(([name, roles]): Words => {
      const sent = schemes.get(name)
      const given = resolve(document, (all[name] ?? {}) as Scheme)
      return [sent ? sentWords(sent, given) : code(name), rolesWords(roles, given)]
    })
    return together.length > 0 ? join(together, ' and ') : 'none'
  })
  return words.length > 0 ? join(words, ', or ') : 'none is needed'
}

type Sent = ReturnType<ReturnType<typeof readSchemes>['get']>

function sentWords(sent: NonNullable<Sent>, { bearerFormat }: Scheme): Words {
  if (sent.type === 'apiKey') return [sent.in, ' ', code(sent.name)]
  if (sent.scheme === 'basic') return [code('Authorization: Basic …'), ' with user name and password']
  return code(`Authorization: ${sent.scheme === 'bearer' ? 'Bearer' : sent.scheme} ${bearerFormat ?? '…'}`)
}

function rolesWords(roles: readonly string[], { type }: Scheme): Words {
  if (roles.length === 0) return ''
  const noun = type === 'oauth2' || type === 'openIdConnect' ? 'scope' : 'permission'
  return [` with the ${noun}${roles.length > 1 ? 's' : ''} `, join(roles.map(code), ' and ')]
}
