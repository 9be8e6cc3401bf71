import type { NormalizedProblem } from '@redocly/openapi-core'
import type { AcceptedFinding } from './config.ts'
import { ruleOf } from './describe-finding.ts'
import { displayPath, type Problem } from './problem.ts'

/** Without what these ask for nothing can be generated. */
const indispensable = ['no-unresolved-refs', 'no-self-in-all-of', 'reach', 'bundler']

/** How the linter tells that there is no object or list where there has to be one. */
const wrongForm = /^Expected type `.*` \((array\)|object\) but got `null`)/

/** Whether a problem can be accepted. */
export function isAcceptable({ rule, pointer, message }: Pick<Problem, 'rule' | 'pointer' | 'message'>): boolean {
  if (pointer === undefined || wrongForm.test(message)) return false
  // Without its mapping a discriminator still means the names of schemas.
  return !indispensable.includes(rule) || (rule === 'no-unresolved-refs' && isOfMapping(pointer))
}

/** Whether a pointer leads to what a discriminator maps to. */
export const isOfMapping = (pointer: string): boolean => pointer.includes('/discriminator/mapping/')

/** Findings of which some are accepted, and the entries that none was found for. */
export interface Sorted {
  open: NormalizedProblem[]
  accepted: NormalizedProblem[]
  unused: readonly AcceptedFinding[]
}

/** Sorts findings by whether a config accepts them. */
export function sortAccepted(findings: readonly NormalizedProblem[], accept: readonly AcceptedFinding[]): Sorted {
  const used = new Set<AcceptedFinding>()
  const accepted = new Set(
    findings.filter((finding) => {
      const { message, location } = finding
      const pointer = location[0]?.pointer
      if (!isAcceptable({ rule: ruleOf(finding), message, ...(pointer !== undefined && { pointer }) })) return false
      const entries = accept.filter((entry) => covers(entry, finding))
      for (const entry of entries) used.add(entry)
      return entries.length > 0
    }),
  )
  const open = findings.filter((finding) => !accepted.has(finding))
  return { open, accepted: [...accepted], unused: accept.filter((entry) => !used.has(entry)) }
}

function covers({ rule, at = '' }: AcceptedFinding, finding: NormalizedProblem): boolean {
  const [place] = finding.location
  if (rule !== ruleOf(finding) || !place) return false
  const [file = '', pointer = ''] = at.split('#')
  const path = `/${displayPath(place.source.absoluteRef)}`
  const found = `${place.pointer ?? ''}/`.replace(/^#/, '')
  return (file === '' || path.endsWith(`/${file}`)) && found.startsWith(pointer.replace(/\/?$/, '/'))
}

/** How a config accepts a finding. */
export const entryFor = ({ rule, pointer }: Problem): string =>
  `{ rule: '${rule}', at: ${JSON.stringify(pointer).replaceAll('"', "'")}, reason: '…' }`

/** That an entry is not needed any more. */
export function describeUnused({ rule, at }: AcceptedFinding, file: string): Problem {
  const entry = `\`${rule}\`${at === undefined ? '' : ` at ${at}`}`
  const message = `Expected every entry of \`accept\` to be needed; nothing is found by ${entry}: take it out of the config.`
  return { file: displayPath(file), message, rule: 'accept' }
}
