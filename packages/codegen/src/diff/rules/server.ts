import { key as asKey } from '../../spec/literal.ts'
import { createServerKeys, serverUrl } from '../../spec/servers.ts'
import { listNames } from '../compare/names.ts'
import type { DocumentPair, OperationPair, Rule } from '../compare/rule.ts'

const goesElsewhere: Rule<OperationPair> = ({ kind, before, after }, comparison, report) => {
  if (kind !== 'operation' || !before || !after) return
  const [was, is] = [serverUrl(comparison.before.document, before), serverUrl(comparison.after.document, after)]
  if (was === is) return
  const what = hostOf(was) === hostOf(is) ? 'to another base path' : 'to another host'
  const message = `Every call goes ${what}: ${was || '/'} → ${is || '/'}.`
  report({ bump: 'major', id: 'server-changed', direction: 'both', message })
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '')

/** The servers besides the first that came or went, among them what variables of a server can be: calls go to the first. */
const hasFurtherServers: Rule<OperationPair> = ({ kind, before, after }, _, report) => {
  if (kind !== 'operation' || !before || !after) return
  const [was, is] = [before, after].map(({ operation }) => (operation.servers ?? []).map(({ url }) => url || '/'))
  const [first = '/', ...others] = is ?? []
  const direction = 'both'
  for (const url of others.filter((one) => !was?.includes(one))) {
    const message = `Calls still go to ${first}; ${url} can be chosen as well.`
    report({ bump: 'patch', id: 'server-added', direction, message })
  }
  for (const url of (was ?? []).slice(1).filter((one) => !is?.includes(one))) {
    const message = `Calls still go to ${first}; ${url} is no longer offered as well.`
    report({ bump: 'patch', id: 'server-removed', direction, message })
  }
}

/** Where an operation's calls go. */
export const serverRules: readonly Rule<OperationPair>[] = [goesElsewhere, hasFurtherServers]

/** The names of servers that are gone: partners choose base URLs by them. */
export const namesServers: Rule<DocumentPair> = ({ before, after }, _, report) => {
  const [was, is] = [createServerKeys(before), createServerKeys(after)]
  const names = new Set(is.values())
  for (const [url, key] of was) {
    if (names.has(key)) continue
    const now = is.get(url)
    const rest = now === undefined ? `what is left is ${listNames([...names].sort())}` : `it is \`${now}\` now`
    const message = `The server ${url || '/'} was called \`${key}\`; ${rest}. Code that sets its base URL by that name, \`baseUrl: { ${asKey(key)}: … }\`, no longer compiles.`
    report({ bump: 'major', id: 'server-key-changed', direction: 'both', message })
  }
}
