import { expect, test } from 'vitest'
import { bumpOf, parseChangeset, renderChangeset } from './changeset-file.ts'

const types = '@minimo/api-types'

test('what is written reads as it was meant, and as generated', () => {
  const text = renderChangeset({
    packages: [types, '@minimo/client'],
    bump: 'minor',
    covers: ['major getContact', 'major the document as a whole'],
    summary: 'The API grew.\n\n- more',
  })
  expect(parseChangeset({ name: 'spec-a.md', text })).toEqual({
    name: 'spec-a.md',
    releases: { [types]: 'minor', '@minimo/client': 'minor' },
    summary: 'The API grew.\n\n- more',
    generated: true,
    covers: ['major getContact', 'major the document as a whole'],
  })
})

test('a file by hand is not generated, and its override is read', () => {
  const text = `---\n'${types}': patch\n---\n\nNothing to see.\n\noverride: nobody has this field yet  \n`
  expect(parseChangeset({ name: 'calm-cats.md', text })).toMatchObject({
    generated: false,
    releases: { [types]: 'patch' },
    override: 'nobody has this field yet',
  })
})

test.each([
  ['no front matter', 'Just words.', 'expected packages with their bumps between two lines of ---'],
  ['front matter that is no YAML', "---\n'a: [\n---\nWords.", 'expected packages with their bumps'],
  [
    'an override without a reason',
    `---\n'${types}': minor\n---\n\nOverride: \n`,
    'expected the reason after `Override:`',
  ],
])('%s is told with the file', (_, text, want) => {
  expect(() => parseChangeset({ name: 'calm-cats.md', text })).toThrow(`.changeset/calm-cats.md: ${want}`)
})

test('the bump of a package is the highest that a file asks for', () => {
  const changesets = ['patch', 'major', 'minor'].map((bump) =>
    parseChangeset({ name: `${bump}.md`, text: `---\n'${types}': ${bump}\n---\n\n${bump}\n` }),
  )
  expect(bumpOf(changesets, types)).toBe('major')
  expect(bumpOf(changesets, '@minimo/client')).toBe('none')
  expect(bumpOf([], types)).toBe('none')
})
