import type { Change } from './change.ts'

/** What a difference between two types is about, as text to put into a sentence. */
export interface Facts {
  /** Where: `200.data.phone`. */
  at: string
  /** What code calls it: `phone`; `the body` and the like where it has no name. */
  name: string
  /** The type before the change, shortened; empty where there was none. */
  before: string
  /** The type after it. */
  after: string
  /** What the type before holds and the one after does not. */
  lost: string
  /** What the type after holds and the one before does not. */
  gained: string
}

type Rule = readonly [bump: 'major' | 'minor', tell: (facts: Facts) => string]
type Rules = Partial<Record<Kind, Rule>>

/** What differs between two types at one place, whoever uses them. */
export type Kind =
  | 'property-removed'
  | 'property-untyped'
  | 'optional-property-untyped'
  | 'property-added'
  | 'required-property-added'
  | 'property-became-required'
  | 'property-became-optional'
  | 'properties-closed'
  | 'properties-opened'
  | 'properties-clash'
  | 'type-changed'
  | 'type-narrowed'
  | 'type-widened'
  | 'no-longer-nullable'
  | 'became-nullable'
  | 'value-removed'
  | 'value-added'
  | 'open-value-removed'
  | 'open-value-added'

/**
 * What each kind of difference means where callers send the value: old values must still be accepted. A kind without
 * a rule makes no difference there.
 */
const request: Rules = {
  'property-removed': [
    'major',
    ({ at, name, before }) =>
      `${at} is not accepted any more (it was ${before}): compile error for code that passes ${name}.`,
  ],
  'property-untyped': ['minor', ({ at }) => `${at} is not described any more; it still passes, as any property does.`],
  'property-added': [
    'minor',
    ({ at, after }) => `${at} can be passed now (${after}); code that does not is unchanged.`,
  ],
  'required-property-added': [
    'major',
    ({ at, name, after }) =>
      `${at} is new and has to be passed (${after}): compile error for code that does not pass ${name}.`,
  ],
  'property-became-required': [
    'major',
    ({ at, name, after }) =>
      `${at} was optional and has to be passed now (${after}): compile error for code that leaves ${name} out.`,
  ],
  'property-became-optional': ['minor', ({ at }) => `${at} can be left out now.`],
  'properties-closed': [
    'major',
    ({ at }) => `${at} takes only the properties it names now: compile error for code that passes others.`,
  ],
  'properties-opened': ['minor', ({ at, after }) => `${at} takes further properties now (${after}).`],
  'properties-clash': [
    'major',
    ({ at, after }) =>
      `${at} takes further properties now (${after}), and its type wants all to be that: compile error for code that passes the others.`,
  ],
  'type-changed': [
    'major',
    ({ at, name, before, after }) =>
      `${at} was ${before} and is ${after}: compile error for code that passes ${name} as it was.`,
  ],
  'type-narrowed': [
    'major',
    ({ at, lost, after }) =>
      `${at} does not take ${lost} any more, but ${after}: compile error for code that passes that.`,
  ],
  'type-widened': ['minor', ({ at, gained, before }) => `${at} takes ${gained} too; it was ${before}.`],
  'no-longer-nullable': [
    'major',
    ({ at }) => `${at} does not take null any more: compile error for code that passes null.`,
  ],
  'became-nullable': ['minor', ({ at }) => `${at} takes null too.`],
  'value-removed': [
    'major',
    ({ at, lost, after }) =>
      `${at} does not take ${lost} any more, but ${after}: compile error for code that passes that.`,
  ],
  'value-added': ['minor', ({ at, gained }) => `${at} takes ${gained} too.`],
}

/** What each kind means where callers get the value: the new value must be usable as the old one. */
const response: Rules = {
  'property-removed': [
    'major',
    ({ at, name, before }) => `${at} is gone (it was ${before}): compile error for code that reads ${name}.`,
  ],
  'property-untyped': [
    'major',
    ({ at, name, before }) =>
      `${at} is not described any more: compile error for code that reads ${name} as ${before}.`,
  ],
  'property-added': ['minor', ({ at, after }) => `${at} is new (${after}); code that does not read it is unchanged.`],
  'property-became-required': ['minor', ({ at }) => `${at} is always there now.`],
  'property-became-optional': [
    'major',
    ({ at, name }) => `${at} may be absent now: code that reads ${name} without a null check no longer compiles.`,
  ],
  'properties-closed': [
    'major',
    ({ at }) => `${at} holds only the properties it names now: compile error for code that reads others.`,
  ],
  'properties-opened': ['minor', ({ at, after }) => `${at} may hold further properties now (${after}).`],
  'type-changed': [
    'major',
    ({ at, name, before, after }) =>
      `${at} was ${before} and is ${after}: compile error for code that uses ${name} as it was.`,
  ],
  'type-narrowed': ['minor', ({ at, lost, after }) => `${at} is never ${lost} any more, but ${after}.`],
  'type-widened': [
    'major',
    ({ at, name, gained, before }) =>
      `${at} may be ${gained} now; it was ${before}: compile error for code that uses ${name} as it was.`,
  ],
  'no-longer-nullable': ['minor', ({ at }) => `${at} is never null any more.`],
  'became-nullable': [
    'major',
    ({ at, name }) => `${at} may be null now: code that reads ${name} without a null check no longer compiles.`,
  ],
  'value-removed': ['minor', ({ at, lost }) => `${at} is never ${lost} any more.`],
  'value-added': [
    'major',
    ({ at, gained }) =>
      `${at} may be ${gained} now, and its type lists every value: compile error for code that handles each of them.`,
  ],
  'open-value-added': [
    'minor',
    ({ at, gained }) => `${at} may be ${gained} now; its type is open, so code that reads it still compiles.`,
  ],
  'open-value-removed': ['minor', ({ at, lost }) => `${at} does not name ${lost} any more; its type is open.`],
}

/** Code reads headers of any name, and expects those that may be missing to be missing. */
const header: Rules = {
  ...response,
  'optional-property-untyped': [
    'minor',
    ({ at }) => `${at} is gone; it could be missing before, and code expects that.`,
  ],
}

const otherHeader: Rule = ['minor', ({ at, before, after }) => `${at} was ${before} and is ${after}.`]
const lessHeader: Rule = [
  'minor',
  ({ at }) => `${at} is gone or may be missing; code cannot rely on any header of an error.`,
]

/** An error may come from anything on the way, so code cannot rely on its headers. */
const errorHeader: Rules = {
  ...header,
  'property-untyped': lessHeader,
  'property-became-optional': lessHeader,
  'type-changed': otherHeader,
  'type-widened': otherHeader,
  'became-nullable': otherHeader,
  'value-added': otherHeader,
}

const ruleSets = { request, response, header, errorHeader }

/** Whose view of a difference to take. */
export type RuleSet = keyof typeof ruleSets

/** Kinds that, where they have no rule of their own, mean what another means. */
const alike: Partial<Record<Kind, Kind>> = {
  'optional-property-untyped': 'property-untyped',
  'required-property-added': 'property-added',
  'properties-clash': 'properties-opened',
}

/** What a difference means for who sends or gets the value; `undefined` where it makes no difference to them. */
export function judge(rules: RuleSet, kind: Kind, facts: Facts): Pick<Change, 'bump' | 'message'> | undefined {
  const [bump, tell] = ruleSets[rules][kind] ?? ruleSets[rules][alike[kind] ?? kind] ?? []
  return bump && tell && { bump, message: tell(facts) }
}
