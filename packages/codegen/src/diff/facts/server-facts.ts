import { key as asKey } from '../../emitters/literal.ts'
import { createServerKeys, serverUrl } from '../../servers.ts'
import type { Pair } from '../change.ts'
import { type Finding, listNames } from './finding.ts'
import type { MatchedOperation } from './match-operations.ts'

/** Where an operation's calls go, if that changed. */
export function findServerChange({ before, after }: Pair, match: MatchedOperation): Finding[] {
  const [was, is] = [serverUrl(before, match.before), serverUrl(after, match.after)]
  if (was === is) return []
  const what = hostOf(was) === hostOf(is) ? 'to another base path' : 'to another host'
  return [
    {
      bump: 'major',
      id: 'server-changed',
      operationId: match.before.id,
      direction: 'both',
      message: `Every call goes ${what}: ${was || '/'} → ${is || '/'}.`,
    },
  ]
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).host : '')

/** The servers besides the first that came or went: calls go to the first. */
export function findFurtherServers({ before, after }: MatchedOperation): Pick<Finding, 'bump' | 'id' | 'message'>[] {
  const [was, is] = [before, after].map(({ operation }) => (operation.servers ?? []).map(({ url }) => url || '/'))
  const [first = '/'] = is ?? []
  const added = (is ?? []).filter((url) => !was?.includes(url))
  const gone = (was ?? []).filter((url) => !is?.includes(url))
  return [
    ...added.map((url) => ({
      ...({ bump: 'patch', id: 'server-added' } as const),
      message: `Calls still go to ${first}; ${url} can be chosen as well.`,
    })),
    ...gone.map((url) => ({
      ...({ bump: 'patch', id: 'server-removed' } as const),
      message: `Calls still go to ${first}; ${url} is no longer offered as well.`,
    })),
  ]
}

/** The names of servers that are gone: partners choose base URLs by them. */
export function findServerKeys({ before, after }: Pair): Finding[] {
  const [was, is] = [createServerKeys(before), createServerKeys(after)]
  const names = new Set(is.values())
  return [...was]
    .filter(([, key]) => !names.has(key))
    .map(([url, key]) => {
      const now = is.get(url)
      const rest = now === undefined ? `what is left is ${listNames([...names].sort())}` : `it is \`${now}\` now`
      return {
        bump: 'major',
        id: 'server-key-changed',
        direction: 'both',
        message: `The server ${url || '/'} was called \`${key}\`; ${rest}. Code that sets its base URL by that name, \`baseUrl: { ${asKey(key)}: … }\`, no longer compiles.`,
      }
    })
}
