import type { SchemaView } from '../schema-view.ts'
import { type Finding, isSameButCasing, pairLeft, renaming } from './finding.ts'

/** Two objects, whose they are, and who is told of what differs. */
export interface PropertyContext {
  direction: 'request' | 'response'
  was: SchemaView
  is: SchemaView
  /** Takes each difference, by the property's name before the change. */
  report: (name: string, fact: Pick<Finding, 'bump' | 'id' | 'message'>) => void
}

/**
 * Reports which properties came, went, are spelt otherwise, or are needed where they were not. Returns those that both
 * objects have, by their names before and after.
 */
export function compareNames(context: PropertyContext): { before: string; after: string }[] {
  const { direction, was, is, report } = context
  const [names, others] = [was, is].map(({ properties }) => [...properties.keys()].sort())
  const same = pairLeft(names ?? [], others ?? [], (one, other) => one === other)
  const cased = pairLeft(same.removed, same.added, isSameButCasing)
  const code = direction === 'request' ? 'Code that sends' : 'Code that reads'
  for (const { before, after } of cased.pairs) {
    const message = `The property: ${renaming(before, after)}. ${code} it by its old name no longer compiles.`
    report(before, { bump: 'major', id: 'property-casing-changed', message })
  }
  for (const name of cased.removed) {
    const message = `The property is gone. ${code} \`${name}\` no longer compiles.`
    report(name, { bump: 'major', id: 'property-removed', message })
  }
  for (const name of cased.added) reportNew(context, name)
  const pairs = [...same.pairs, ...cased.pairs]
  for (const { before, after } of [...pairs, ...unnamed(context)]) {
    compareNeed(context, { name: before, wasNeeded: was.required.has(before), isNeeded: is.required.has(after) })
  }
  return pairs
}

/** What is required, and described as a property by neither object. */
function unnamed({ was, is }: PropertyContext): { before: string; after: string }[] {
  return [...new Set([...was.required, ...is.required])]
    .filter((name) => !was.properties.has(name) && !is.properties.has(name))
    .sort()
    .map((name) => ({ before: name, after: name }))
}

function reportNew({ direction, is, report }: PropertyContext, name: string): void {
  if (direction === 'request' && is.required.has(name)) {
    const message = `New, and has to be sent: calls without \`${name}\` are refused.`
    report(name, { bump: 'major', id: 'required-property-added', message })
  } else {
    const message = 'A new property; code that does not use it is unchanged.'
    report(name, { bump: 'minor', id: 'property-added', message })
  }
}

interface Need {
  name: string
  wasNeeded: boolean
  isNeeded: boolean
}

function compareNeed({ direction, report }: PropertyContext, { name, wasNeeded, isNeeded }: Need): void {
  if (wasNeeded === isNeeded) return
  const isRequest = direction === 'request'
  if (isNeeded) {
    const message = isRequest ? 'It has to be sent now: calls without it are refused.' : 'It is always there now.'
    report(name, { bump: isRequest ? 'major' : 'minor', id: 'became-required', message })
  } else {
    const message = isRequest
      ? 'It can be left out now.'
      : 'It may be missing now: code that reads it without a check no longer works.'
    report(name, { bump: isRequest ? 'minor' : 'major', id: 'became-optional', message })
  }
}
