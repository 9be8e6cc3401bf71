import { expect, test } from 'vitest'
import { highestBump } from '../diff/compare/change.ts'
import { findChangesetFaults, type PlanInput, planChangeset } from './plan-changeset.ts'
import type { ReportedChange } from './report-changes.ts'

const types = '@minimo/api-types'

const change = (operationId: string | undefined, bump: ReportedChange['bump'], message: string): ReportedChange => ({
  bump,
  id: 'a-change',
  ...(operationId !== undefined && { operationId, endpoint: `PUT /${operationId}` }),
  direction: 'both',
  message,
  methods: operationId === 'updateContactById' ? ['contacts.update'] : [],
})

const breaking = change('updateContactById', 'major', 'every call goes to another host')
const growing = change('listTags', 'minor', 'the operation is new')

/** A comparison with these changes, the client released together with the types. */
const plan = (changes: ReportedChange[], files: Record<string, string> = {}): PlanInput => ({
  comparison: { bump: highestBump(changes), base: `${types}@1.0.0`, sources: ['openapi/minimo.yaml'], changes },
  existing: Object.entries(files).map(([name, text]) => ({ name, text })),
  packages: [types, '@minimo/client'],
  specLink: '../api-types/openapi.yaml',
})

const byHand = (bump: string, text = 'By hand.') => `---\n'${types}': ${bump}\n---\n\n${text}\n`

test('the changeset asks for what the changes demand, and tells partners what they meet', () => {
  const { write, ...rest } = planChangeset(plan([growing, breaking]))
  expect(rest).toEqual({ remove: [], bump: 'major' })
  expect(write).toEqual({
    name: 'spec-update-contact-by-id-and-1-more.md',
    text: `---
# Written by spec:changeset. Run it again rather than editing this.
"${types}": major
"@minimo/client": major
---

The API's description changed: 1 operation breaks; 1 operation gains or loosens something.

**Breaking**

- [\`updateContactById\`](../api-types/openapi.yaml), \`contacts.update()\`, PUT /updateContactById
  - every call goes to another host

**Compatible**

- [\`listTags\`](../api-types/openapi.yaml), \`call('listTags')\`, PUT /listTags
  - the operation is new
`,
  })
})

test('a second run writes the same file, and a run after further changes replaces it', () => {
  const first = planChangeset(plan([growing])).write
  const files = { [first?.name ?? '']: first?.text ?? '' }
  expect(planChangeset(plan([growing], files))).toEqual({ write: first, remove: [], bump: 'minor' })
  const later = planChangeset(plan([growing, breaking], files))
  expect(later).toMatchObject({ bump: 'major', remove: ['spec-list-tags.md'] })
  expect(planChangeset(plan([], files))).toEqual({ remove: ['spec-list-tags.md'], bump: 'none' })
})

test('what was written by hand stays, and one that asks for more is respected', () => {
  const files = { 'calm-cats.md': byHand('major') }
  expect(planChangeset(plan([growing], files))).toMatchObject({ bump: 'minor', remove: [] })
  expect(findChangesetFaults(plan([growing], files), 'none')).toEqual([])
})

test('one by hand that asks for less is refused, naming the operations', () => {
  const input = plan([growing, breaking], { 'calm-cats.md': byHand('minor') })
  expect(() => planChangeset(input)).toThrow(
    new RegExp(
      `^\\.changeset/calm-cats\\.md asks for a minor of ${types}, .* demand a major:\\n {2}major updateContactById · contacts\\.update\\(\\): every call goes to another host\\nRaise it`,
    ),
  )
})

test('one by hand for another package says nothing of the spec', () => {
  const files = { 'calm-cats.md': "---\n'@minimo/client': patch\n---\n\nFaster.\n" }
  expect(planChangeset(plan([breaking], files)).bump).toBe('major')
})

test('an override lowers the bump, the changelog says so, and a second run keeps it', () => {
  const files = { 'calm-cats.md': byHand('minor', 'Override: the field was never sent') }
  const planned = planChangeset(plan([breaking], files))
  expect(planned).toMatchObject({ bump: 'minor', override: 'the field was never sent' })
  expect(planned.write?.text).toContain('# Its override covers: major updateContactById\n')
  expect(planned.write?.text).toContain(
    'Released lower than the major that this demands; another entry gives the reason.',
  )
  const written = { ...files, [planned.write?.name ?? '']: planned.write?.text ?? '' }
  expect(findChangesetFaults(plan([breaking], written), 'none')).toEqual([])
  expect(planChangeset(plan([breaking], written)).write).toEqual(planned.write)
  expect(findChangesetFaults(plan([breaking], files), 'none')[0]).toContain('the highest asks for minor')
})

test('an override in the generated file itself is kept with its reason', () => {
  const first = planChangeset(plan([breaking])).write
  const lowered = first?.text.replaceAll(': major', ': minor').trimEnd() ?? ''
  const files = { [first?.name ?? '']: `${lowered}\n\nOverride: nobody has it yet\n` }
  const planned = planChangeset(plan([breaking], files))
  expect(planned).toMatchObject({ bump: 'minor', override: 'nobody has it yet' })
  expect(planned.write?.text).toContain('demands.\n\nOverride: nobody has it yet\n')
  const again = { [planned.write?.name ?? '']: planned.write?.text ?? '' }
  expect(planChangeset(plan([breaking], again)).write).toEqual(planned.write)
})

test('an override says nothing of what changes later', () => {
  const files = { 'calm-cats.md': byHand('patch', 'Override: nobody reads it') }
  const written = planChangeset(plan([growing], files)).write
  const later = plan([growing, breaking], { ...files, [written?.name ?? '']: written?.text ?? '' })
  const want = /The override “nobody reads it” was given for minor listTags\. .*\n {2}major updateContactById\n/
  expect(() => planChangeset(later)).toThrow(want)
  expect(() => findChangesetFaults(later, 'none')).toThrow(want)
})

test.each([
  ['for another package', "---\n'@minimo/client': minor\n---\n\nOverride: because\n", 'found none'],
  ['that releases nothing', byHand('none', 'Override: because'), 'found none'],
])('an override %s is refused', (_, text, want) => {
  expect(() => planChangeset(plan([breaking], { 'calm-cats.md': text }))).toThrow(want)
})

test('a generated changeset that tells of an earlier state is a fault once there is a release', () => {
  const written = planChangeset(plan([breaking])).write
  const files = { [written?.name ?? '']: written?.text ?? '' }
  expect(findChangesetFaults(plan([breaking], files), 'none')).toEqual([])
  for (const changes of [[], [{ ...breaking, message: 'another host again' }]]) {
    expect(findChangesetFaults(plan(changes, files), 'none')[0]).toContain('does not tell of the spec')
  }
  const onBranch = plan([], files)
  onBranch.comparison.base = '0123456789, where this left main'
  expect(findChangesetFaults(onBranch, 'none')).toEqual([])
})

test('what is told of several operations alike is told once', () => {
  const moved = ['sendEmail', 'getEmailStats'].map((id) => change(id, 'major', 'every call goes to another host'))
  expect(planChangeset(plan(moved)).write?.text).toContain(
    "- 2 operations: [`sendEmail`](../api-types/openapi.yaml), `call('sendEmail')`, PUT /sendEmail; [`getEmailStats`]",
  )
})

test.each<[string, ReportedChange[], Record<string, string>, Parameters<typeof findChangesetFaults>[1]]>([
  ['no changes and no changeset', [], {}, 'none'],
  ['a changeset as high as demanded', [growing], { 'a.md': byHand('minor') }, 'none'],
  ['a version that has moved as far already', [breaking], {}, 'major'],
])('%s is fine', (_, changes, files, applied) => {
  expect(findChangesetFaults(plan(changes, files), applied)).toEqual([])
})

test('a missing changeset is a fault that names the operations and the command', () => {
  expect(findChangesetFaults(plan([growing, breaking]), 'none')).toEqual([
    `Expected a changeset with a major for ${types}, because of the spec's changes since ${types}@1.0.0; there is none.`,
    '  major updateContactById · contacts.update(): every call goes to another host',
    "  minor listTags · call('listTags'): the operation is new",
    'Run `pnpm spec:changeset` and commit what it writes.',
  ])
})

test('a changeset that asks for less is refused, naming only what demands more', () => {
  const input = plan([growing, breaking], { 'a.md': byHand('minor') })
  expect(() => findChangesetFaults(input, 'patch')).toThrow(/demand a major:\n {2}major updateContactById[^\n]*\nRaise/)
})

test('beside one by hand that asks for enough, others may ask for less', () => {
  const input = plan([breaking], { 'a.md': byHand('patch'), 'b.md': byHand('major') })
  expect(planChangeset(input).bump).toBe('major')
  expect(findChangesetFaults(input, 'none')).toEqual([])
})
