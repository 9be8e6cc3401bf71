import { expect, test } from 'vitest'
import { type ChangeSketch, sketchDiff } from '../../test/spec-diff.ts'
import { type CheckInput, findChangesetFaults } from './check-changesets.ts'
import { planChangeset } from './plan-changeset.ts'

const types = '@minimo/api-types'

const change = (operationId: string | undefined, bump: ChangeSketch['bump'], message: string): ChangeSketch => ({
  bump,
  message,
  operationIds: operationId === undefined ? [] : [operationId],
})

const breaking = change('updateContactById', 'major', 'every call goes to another host')
const growing = change('listTags', 'minor', 'the operation is new')

type Files = Record<string, string>

const filesOf = (files: Files) => Object.entries(files).map(([name, text]) => ({ name, text }))

/** A diff with these changes since a release, the client released together with the types. */
const plan = (changes: readonly ChangeSketch[], files: Files = {}, more: Partial<CheckInput> = {}): CheckInput => ({
  diff: sketchDiff(changes),
  pending: { files: filesOf(files), earlier: [], merged: [] },
  packages: [types, '@minimo/client'],
  descriptions: new Map([['minimo', '../api-types/openapi.yaml']]),
  applied: 'none',
  isMerged: false,
  isSinceRelease: true,
  ...more,
})

/** A diff with these changes on a branch that left main when it had the files of `merged`. */
const onBranch = (changes: readonly ChangeSketch[], merged: Files, files: Files = merged) =>
  plan(changes, files, {
    pending: { files: filesOf(files), earlier: filesOf(merged), merged: Object.keys(merged) },
    isSinceRelease: false,
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
  expect(findChangesetFaults(plan([growing], files))).toEqual([])
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
  expect(planned.write?.text).toContain('# Its override covers: ["major a-change: updateContactById"]\n')
  expect(planned.write?.text).toContain(
    'Released lower than the major that this demands; another entry gives the reason.',
  )
  const written = { ...files, [planned.write?.name ?? '']: planned.write?.text ?? '' }
  expect(findChangesetFaults(plan([breaking], written))).toEqual([])
  expect(planChangeset(plan([breaking], written)).write).toEqual(planned.write)
  expect(findChangesetFaults(plan([breaking], files))[0]).toContain('the highest asks for minor')
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
  const want = /was given for minor a-change: listTags\. .*\n {2}major a-change: updateContactById\n/
  expect(() => planChangeset(later)).toThrow(want)
  expect(() => findChangesetFaults(later)).toThrow(want)
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
  expect(findChangesetFaults(plan([breaking], files))).toEqual([])
  for (const changes of [[], [{ ...breaking, message: 'another host again' }]]) {
    expect(findChangesetFaults(plan(changes, files))[0]).toContain('does not tell of the spec')
  }
  expect(findChangesetFaults(plan([], files, { isSinceRelease: false }))).toEqual([])
})

test('what is told of several operations alike is told once', () => {
  const moved = ['sendEmail', 'getEmailStats'].map((id) => change(id, 'major', 'every call goes to another host'))
  expect(planChangeset(plan(moved)).write?.text).toContain(
    '- every call goes to another host\n  - reaches 2 operations: [`sendEmail`](../api-types/openapi.yaml), [`getEmailStats`](../api-types/openapi.yaml)\n',
  )
})

test.each<[string, ChangeSketch[], Files, CheckInput['applied']]>([
  ['no changes and no changeset', [], {}, 'none'],
  ['a changeset as high as demanded', [growing], { 'a.md': byHand('minor') }, 'none'],
  ['a version that has moved as far already', [breaking], {}, 'major'],
])('%s is fine', (_, changes, files, applied) => {
  expect(findChangesetFaults(plan(changes, files, { applied }))).toEqual([])
})

test('a missing changeset is a fault that names the operations and the command', () => {
  expect(findChangesetFaults(plan([growing, breaking]))).toEqual([
    `Expected a changeset with a major for ${types}, because of the spec's changes since ${types}@1.0.0; there is none.`,
    '  major updateContactById · contacts.update(): every call goes to another host',
    "  minor listTags · call('listTags'): the operation is new",
    'Run `npx --yes pnpm@12.21.0 spec:changeset` and commit what it writes.',
  ])
})

test('a changeset that asks for less is refused, naming only what demands more', () => {
  const input = plan([growing, breaking], { 'a.md': byHand('minor') })
  expect(() => findChangesetFaults({ ...input, applied: 'patch' })).toThrow(
    /demand a major:\n {2}major updateContactById[^\n]*\nRaise/,
  )
})

test('beside one by hand that asks for enough, others may ask for less', () => {
  const input = plan([breaking], { 'a.md': byHand('patch'), 'b.md': byHand('major') })
  expect(planChangeset(input).bump).toBe('major')
  expect(findChangesetFaults(input)).toEqual([])
})

test('overrides of several changesets are one, for what each was given for', () => {
  const override = (changes: readonly ChangeSketch[], bump: string, reason: string) =>
    planChangeset(plan(changes, { 'calm-cats.md': byHand(bump, `Override: ${reason}`) })).write?.text.replace(
      '; another entry gives the reason.',
      `.\n\nOverride: ${reason}`,
    ) ?? ''
  const listing = { ...growing, bump: 'major' } as const
  const files = { 'a.md': override([breaking], 'minor', 'never sent') }
  const both = { ...files, 'b.md': override([listing], 'patch', 'never read') }
  const planned = planChangeset(plan([breaking, listing], both))
  expect(planned).toMatchObject({ bump: 'minor', override: 'never sent; never read', remove: ['a.md', 'b.md'] })
  expect(() => planChangeset(plan([breaking, listing], files))).toThrow(
    'The changes now demand as well:\n  major a-change: listTags',
  )
})

test('a changeset that main has stays, and another is written beside it', () => {
  const merged = planChangeset(plan([breaking])).write
  const files = { [merged?.name ?? '']: merged?.text ?? '' }
  expect(planChangeset(onBranch([growing], files))).toMatchObject({
    write: { name: 'spec-list-tags.md' },
    remove: [],
    bump: 'minor',
  })
  expect(planChangeset(onBranch([], files))).toEqual({ remove: [], bump: 'none' })
  const again = { ...breaking, message: 'another host again' }
  expect(planChangeset(onBranch([again], files)).write?.name).toBe('spec-update-contact-by-id-2.md')
})

test('what main has tells nothing of a branch: neither its override, nor that it asks for less', () => {
  const files = { 'a.md': byHand('patch'), 'b.md': byHand('patch', 'Override: nobody reads it') }
  expect(planChangeset(onBranch([breaking], files)).bump).toBe('major')
})

test('a changeset of main that is gone, or asks for less, is a fault, unless as much is asked for', () => {
  const merged = { 'a.md': byHand('major') }
  const want = [
    `Expected .changeset/a.md to ask for a major of ${types}, as it does in ${types}@1.0.0; it is gone. Bring it back with \`git checkout ${types}@1.0.0 -- .changeset/a.md\`.`,
  ]
  expect(findChangesetFaults(onBranch([growing], merged, { 'b.md': byHand('minor') }))).toEqual(want)
  expect(findChangesetFaults(onBranch([], merged, { 'a.md': byHand('minor') }))[0]).toContain('it asks for less now')
  expect(findChangesetFaults(onBranch([growing], merged, { 'b.md': byHand('major') }))).toEqual([])
  expect(findChangesetFaults({ ...onBranch([], merged, {}), applied: 'major' })).toEqual([])
})

test('what main has merged needs no telling, as long as enough is asked for', () => {
  const merged = (files: Files) => plan([breaking], files, { isMerged: true, isSinceRelease: false })
  expect(planChangeset(merged({ 'a.md': byHand('major') }))).toEqual({ remove: [], bump: 'major' })
  expect(planChangeset(merged({ 'a.md': "---\n'@minimo/client': major\n---\n\nFaster.\n" })).write).toBeDefined()
})

test('a changeset names each of several APIs, and links its description', () => {
  const own = { ...breaking, api: 'barn' }
  const descriptions = new Map([
    ['minimo', '../api-types/openapi.yaml'],
    ['barn', '../api-types/src/gen/barn/openapi.yaml'],
  ])
  const { write } = planChangeset(plan([growing, own], {}, { descriptions }))
  expect(write?.name).toBe('spec-barn-update-contact-by-id-and-1-more.md')
  expect(write?.text).toContain('The description of the API `minimo` changed: 1 operation gains or loosens something.')
  expect(write?.text).toContain('The description of the API `barn` changed: 1 operation breaks.')
  expect(write?.text).toContain('[`updateContactById`](../api-types/src/gen/barn/openapi.yaml)')
  expect(write?.text).toContain('[`listTags`](../api-types/openapi.yaml)')
})

test('a change of a component is told once, with some of the operations that it reaches', () => {
  const operationIds = Array.from({ length: 300 }, (_, index) => `op${index}`)
  const location = 'components.schemas.Contact.phone'
  const text = planChangeset(plan([{ bump: 'major', message: 'may be null now', location, operationIds }])).write?.text
  expect(text).toContain(`- \`${location}\`: may be null now\n  - reaches 300 operations: [\`op0\`]`)
  expect(text).toContain('and 292 more')
})
