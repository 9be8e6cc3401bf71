import { retryClass } from '../../spec/retry.ts'
import { isSameButCasing, renaming } from '../compare/names.ts'
import { endpoint } from '../compare/operations.ts'
import type { OperationPair, Rule } from '../compare/rule.ts'

const comesOrGoes: Rule<OperationPair> = ({ kind, before, after }, _, report) => {
  const direction = 'both'
  const name = `\`${kind === 'operation' ? (before ?? after)?.id : (before ?? after)?.path}\``
  if (before && after) return
  if (kind !== 'operation') {
    const what = `The ${kind} ${name}`
    if (before)
      report({
        bump: 'major',
        id: `${kind}-removed`,
        direction,
        message: `${what} is gone: code that waits for it is called no more.`,
      })
    else
      report({
        bump: 'minor',
        id: `${kind}-added`,
        direction,
        message: `${what} is new; code that does not take it is unchanged.`,
      })
  } else if (before) {
    const message = `${name} is gone: code that calls it no longer compiles, and a partner on the old version calls what is not there.`
    report({ bump: 'major', id: 'operation-removed', direction, message })
  } else {
    const message = `${name} is new; code that does not call it is unchanged.`
    report({ bump: 'minor', id: 'operation-added', direction, message })
  }
}

const isRenamed: Rule<OperationPair> = ({ kind, before, after }, _, report) => {
  if (kind !== 'operation' || !before || !after || before.id === after.id) return
  const message = `The operation's id: ${renaming(before.id, after.id)}. Code that names it no longer compiles.`
  report({ bump: 'major', id: 'operation-renamed', direction: 'both', message })
}

const isMoved: Rule<OperationPair> = ({ kind, before, after }, _, report) => {
  if (kind !== 'operation' || !before || !after || endpoint(before) === endpoint(after)) return
  const [was, is] = [before, after].map(({ method, path }) => `${method.toUpperCase()} ${path}`)
  const casing = isSameButCasing(before.path, after.path) ? ' Only the casing of the path changed.' : ''
  const message = `${was} is ${is} now: a partner on the old version calls a path that is gone.${casing}`
  report({ bump: 'major', id: 'operation-moved', direction: 'both', message })
}

const hasOtherTags: Rule<OperationPair> = ({ kind, before, after }, { hasNamespaces }, report) => {
  if (kind !== 'operation' || !before || !after) return
  const [[was, ...others], [is, ...othersNow]] = [before.operation.tags ?? [], after.operation.tags ?? []]
  const show = (tag: string | undefined) => (tag ? `\`${tag}\`` : 'none')
  if (was !== is) {
    const moved = `Moved from the tag ${show(was)} to ${show(is)}`
    const end = 'the client method leaves its namespace, and code that calls it there no longer compiles'
    if (hasNamespaces)
      report({ bump: 'major', id: 'namespace-changed', direction: 'both', message: `${moved}: ${end}.` })
    else report({ bump: 'patch', id: 'tag-changed', direction: 'both', message: `${moved}.` })
  } else if (others.toSorted().join() !== othersNow.toSorted().join()) {
    report({ bump: 'patch', id: 'tags-changed', direction: 'both', message: 'Its tags besides the first are others.' })
  }
}

const isRetriedOtherwise: Rule<OperationPair> = ({ kind, before, after }, _, report) => {
  if (kind !== 'operation' || !before || !after) return
  const [was, is] = [retryClass(before), retryClass(after)]
  if (was === is) return
  const meaning = is === 'safe' ? 'clients repeat it by themselves now' : 'clients no longer repeat it by themselves'
  const message = `The retry class was \`${was}\` and is \`${is}\`: ${meaning} when a call fails.`
  report({ bump: 'minor', id: 'retry-changed', direction: 'both', message })
}

const isUnwrappedOtherwise: Rule<OperationPair> = ({ before, after }, _, report) => {
  if (!before || !after) return
  const [was, is] = [before, after].map(({ operation }) => operation['x-unwrap'])
  if (was === is) return
  const show = (name: string | undefined) => (name ? `\`${name}\`` : 'nothing')
  const message = `Clients unwrapped ${show(was)} of the success body and now unwrap ${show(is)}: the method returns another value.`
  report({ bump: 'major', id: 'unwrap-changed', direction: 'response', message })
}

const isDeprecated: Rule<OperationPair> = ({ before, after }, _, report) => {
  if (!before || !after) return
  const [was, is] = [before, after].map(({ operation }) => operation.deprecated === true)
  if (was === is) return
  const deprecated = 'Deprecated: it still works, and clients warn of it; move to what replaces it.'
  report({
    bump: 'minor',
    id: is ? 'operation-deprecated' : 'operation-reactivated',
    direction: 'both',
    message: is ? deprecated : 'No longer deprecated.',
  })
}

/** What differs between two forms of an operation, its server, security, messages and words aside. */
export const operationRules: readonly Rule<OperationPair>[] = [
  comesOrGoes,
  isRenamed,
  isMoved,
  hasOtherTags,
  isRetriedOtherwise,
  isUnwrappedOtherwise,
  isDeprecated,
]
