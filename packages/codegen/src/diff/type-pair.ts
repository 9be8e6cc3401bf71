import type { Change } from './change.ts'
import { type Facts, judge, type Kind, type RuleSet } from './type-wording.ts'

/** How two types differ by themselves, or in the property that is named. */
export interface Difference {
  kind: Kind
  property?: string
  /** What the sentence about it needs, but for the place. */
  facts: Omit<Facts, 'at' | 'name'>
}

/** A type before the change and after it. */
export interface TypePair {
  differences: Difference[]
  /** Their parts; `*` is every element of an array, and every other property; an alternative has no name. */
  parts: { name: string; pair: TypePair }[]
  /** The pairs that this one is a part of. */
  users: TypePair[]
  /** Whether it differs, or anything it leads to. */
  differs: boolean
}

/** A pair that does not differ. */
export const createPair = (): TypePair => ({ differences: [], parts: [], users: [], differs: false })

/** Notes that a pair differs. */
export function addDifference(pair: TypePair, difference: Difference): void {
  pair.differences.push(difference)
  markDiffering(pair)
}

/** Makes one pair part of another. */
export function addPart(pair: TypePair, name: string, part: TypePair): void {
  pair.parts.push({ name, pair: part })
  part.users.push(pair)
  if (part.differs) markDiffering(pair)
}

function markDiffering(pair: TypePair): void {
  const next = [pair]
  for (let one = next.pop(); one; one = next.pop()) {
    if (one.differs) continue
    one.differs = true
    next.push(...one.users)
  }
}

/** Where a pair stands in an operation, and who uses it there. */
export interface Place {
  /** With dots: `body`, `200`, `query`. */
  location: string
  /** What to call a value that has no name: `the body`. */
  name: string
  direction: 'request' | 'response'
  /** What its own properties are, where they are not just properties. */
  noun?: 'parameter' | 'header'
  /** What differences mean there. Default: what they mean in that direction. */
  rules?: RuleSet
}

/** What changed at one place. */
export type PlacedChange = Pick<Change, 'bump' | 'id' | 'message'> & { direction: Place['direction']; location: string }

/** What a pair's differences mean at a place. Each pair it leads to is told once, at the shortest way to it. */
export function listChanges(root: TypePair, place: Place): PlacedChange[] {
  // Alternatives that share their properties share what differs in them.
  const changes = new Map<string, PlacedChange>()
  const seen = new Set<TypePair>([root])
  let level: Spot[] = root.differs ? [{ pair: root, location: place.location, name: place.name }] : []
  while (level.length > 0) {
    for (const spot of level) {
      for (const change of changesAt(spot, place)) changes.set(`${change.location} ${change.message}`, change)
    }
    level = level.flatMap(({ pair, location, name }) =>
      pair.parts.flatMap((part) => {
        if (!part.pair.differs || seen.has(part.pair)) return []
        seen.add(part.pair)
        return [{ ...stepTo({ location, name }, part.name), pair: part.pair }]
      }),
    )
  }
  return [...changes.values()]
}

interface Spot {
  pair: TypePair
  location: string
  name: string
}

function stepTo({ location, name }: Omit<Spot, 'pair'>, step: string): Omit<Spot, 'pair'> {
  if (step === '') return { location, name }
  return { location: `${location}.${step}`, name: step === '*' ? name : `\`${step}\`` }
}

function changesAt(spot: Spot, { direction, noun, rules = direction, location: root }: Place): PlacedChange[] {
  return spot.pair.differences.flatMap(({ kind, property, facts }) => {
    const { location, name } = property === undefined ? spot : stepTo(spot, property)
    const judged = judge(rules, kind, { ...facts, at: `\`${location}\``, name })
    const id = noun && spot.location === root ? kind.replace('property', noun) : kind
    return judged ? [{ ...judged, id, direction, location }] : []
  })
}
