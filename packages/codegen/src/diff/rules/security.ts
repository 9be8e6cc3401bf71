import type { OpenApiDocument, Operation } from '../../spec/document.ts'
import { isRecord } from '../../spec/kinds.ts'
import { listNames } from '../compare/names.ts'
import type { Finding, OperationPair, Rule } from '../compare/rule.ts'

type Alternative = Record<string, string[]>

/** How calls of an operation must identify themselves. */
export const securityRules: readonly Rule<OperationPair>[] = [
  ({ kind, before, after }, comparison, report) => {
    if (kind !== 'operation' || !before || !after) return
    const [was, is] = [alternativesOf(before.operation), alternativesOf(after.operation)]
    const kept = schemesIn(was).filter((name) => schemesIn(is).includes(name))
    const found = [
      ...requirements(was, is),
      ...definitions(comparison.before.document, comparison.after.document, kept),
    ]
    for (const finding of found) report({ ...finding, direction: 'request' })
  },
]

/** Without any, one alternative: none is needed. */
const alternativesOf = ({ security = [] }: Operation): Alternative[] => (security.length > 0 ? security : [{}])

const schemesIn = (alternatives: Alternative[]) => [...new Set(alternatives.flatMap((one) => Object.keys(one)))].sort()

/** Whether a call that satisfies one alternative satisfies the other too. */
const satisfies = (has: Alternative, needs: Alternative) =>
  Object.entries(needs).every(([scheme, roles]) => {
    const own = has[scheme]
    return own !== undefined && roles.every((role) => own.includes(role))
  })

function requirements(was: Alternative[], is: Alternative[]): Finding[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return []
  const refused = was.filter((old) => !is.some((needs) => satisfies(old, needs)))
  if (refused.length === 0) return loosened(was, is)
  const [schemes, others] = [schemesIn(was), schemesIn(is)]
  if (schemes.join() === others.join()) {
    const roles = new Set(is.flatMap((needs) => missingRoles(was, needs)))
    return [
      {
        bump: 'major',
        id: 'security-roles-added',
        message:
          roles.size > 0
            ? `The key needs ${listNames([...roles].sort())} now: calls with a key that lacks it are refused.`
            : `Calls need ${tell(is)} now, no longer only ${tell(was)}: those that send less are refused.`,
      },
    ]
  }
  const isNew = schemes.length === 0
  return [
    {
      bump: 'major',
      id: isNew ? 'security-added' : 'security-changed',
      message: isNew
        ? `Calls needed no key and need ${tell(is)} now: those without are refused.`
        : `Calls needed ${tell(was)} and need ${tell(is)} now: those that identify themselves as before are refused.`,
    },
  ]
}

const missingRoles = (was: Alternative[], needs: Alternative) =>
  Object.entries(needs).flatMap(([scheme, roles]) =>
    roles.filter((role) => !was.some((old) => old[scheme]?.includes(role))),
  )

function loosened(was: Alternative[], is: Alternative[]): Finding[] {
  const isOptional = is.some((needs) => Object.keys(needs).length === 0)
  return [
    {
      bump: 'minor',
      id: 'security-loosened',
      message: isOptional
        ? `Calls needed ${tell(was)} and need none now; those that send it still pass.`
        : `Calls needed ${tell(was)} and pass with ${tell(is)} now.`,
    },
  ]
}

const tell = (alternatives: Alternative[]) =>
  alternatives
    .map((one) => {
      const parts = Object.entries(one).map(([scheme, roles]) =>
        roles.length > 0 ? `\`${scheme}\` with ${listNames(roles)}` : `\`${scheme}\``,
      )
      return parts.join(' and ') || 'none'
    })
    .join(' or ')

/** Fields of a scheme that say how a key travels, and what each is called. */
const fields: Readonly<Record<string, string>> = {
  type: 'type',
  in: 'place',
  name: 'name',
  scheme: 'HTTP scheme',
  bearerFormat: 'format',
  openIdConnectUrl: 'OpenID Connect URL',
}

function definitions(before: OpenApiDocument, after: OpenApiDocument, schemes: string[]): Finding[] {
  return schemes.flatMap((scheme) => {
    const [was, is] = [schemeOf(before, scheme), schemeOf(after, scheme)]
    const value = (one: unknown) => (one === undefined ? 'none' : `\`${one}\``)
    const changed = Object.keys(fields)
      .filter((field) => !isSameField(field, was[field], is[field]))
      .map((field) => `the ${fields[field]} was ${value(was[field])} and is ${value(is[field])}`)
    if (changed.length === 0) return flows(scheme, was, is)
    const message = `How \`${scheme}\` travels changed: ${changed.join(', ')}. A key sent as before is not recognised.`
    const finding: Finding = { bump: 'major', id: 'security-scheme-changed', message }
    return [finding, ...flows(scheme, was, is)]
  })
}

/** HTTP schemes have no casing. */
const isSameField = (field: string, was: unknown, is: unknown) =>
  was === is || (field === 'scheme' && String(was).toLowerCase() === String(is).toLowerCase())

function flows(scheme: string, was: Record<string, unknown>, is: Record<string, unknown>): Finding[] {
  const urls = ({ flows: all }: Record<string, unknown>) =>
    Object.entries(isRecord(all) ? all : {}).flatMap(([flow, detail]) =>
      ['authorizationUrl', 'tokenUrl', 'refreshUrl'].map((url) => [
        flow,
        url,
        isRecord(detail) ? detail[url] : undefined,
      ]),
    )
  const text = (one: Record<string, unknown>) => JSON.stringify(urls(one).sort())
  if (text(was) === text(is)) return []
  return [
    {
      bump: 'major',
      id: 'security-flows-changed',
      message: `The OAuth flows of \`${scheme}\` changed, or their URLs: a client that gets its token as before fails.`,
    },
  ]
}

function schemeOf(document: OpenApiDocument, name: string): Record<string, unknown> {
  const scheme = document.components?.securitySchemes?.[name]
  return isRecord(scheme) ? scheme : {}
}
