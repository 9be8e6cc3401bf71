import type { NormalizedProblem } from '@redocly/openapi-core'
import type { AcceptedFinding } from './config.ts'
import { ruleOf } from './describe-finding.ts'
import { displayPath, type Problem } from './problem.ts'

/** Without what these ask for nothing can be generated. */
const indispensable = ['no-unresolved-refs', 'no-self-in-all-of', 'reach', 'bundler']

/** How the linter tells that there is no object or list where there has to be one. */
const wrongForm = /^Expected type `.*` \((array\)|object\) but got `null`)/

/** Whether a problem can be accepted. */
export const isAcceptable = ({ rule, pointer, message }: Problem): boolean =>
  pointer !== undefined && !indispensable.includes(rule) && !wrongForm.test(message)

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
      if (indispensable.includes(ruleOf(finding)) || wrongForm.test(finding.message)) return false
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
