import { expect, it } from 'vitest'
import { ChangesetError, mergeReleases, parseChangelog, parseChangeset } from './changelog.ts'

const changelog = `# @minimo/client

## 2.0.0

### Major Changes

- 1a2b3c4: The API's description changed: 2 breaking changes.

  **Breaking changes**

  - [\`deleteContact\`](./openapi.yaml), \`contacts.delete\`
    - \`200\`: removed

### Patch Changes

- Updated dependencies [1a2b3c4]
  - @minimo/api-types@2.0.0

## 1.0.1

### Patch Changes

- 5d6e7f8: A pause is never negative.
- 9a8b7c6: \`contacts.update\` takes \`null\`.
`

it('each version has its entries as they were written, without what tells of other versions', () => {
  expect(parseChangelog('@minimo/client', changelog)).toEqual([
    {
      name: '2.0.0',
      entries: [
        {
          level: 'major',
          packages: ['@minimo/client'],
          text: "The API's description changed: 2 breaking changes.\n\n**Breaking changes**\n\n- [`deleteContact`](./openapi.yaml), `contacts.delete`\n  - `200`: removed",
        },
      ],
    },
    {
      name: '1.0.1',
      entries: [
        { level: 'patch', packages: ['@minimo/client'], text: 'A pause is never negative.' },
        { level: 'patch', packages: ['@minimo/client'], text: '`contacts.update` takes `null`.' },
      ],
    },
  ])
})

it('a change of several packages is told once, at its highest level', () => {
  const of = (name: string, level: 'minor' | 'patch') => ({
    name: '1.1.0',
    entries: [{ level, packages: [name], text: 'Keys may be rotated.' }],
  })
  expect(mergeReleases([of('a', 'patch'), { name: '1.0.0', entries: [] }, of('b', 'minor')])).toEqual([
    { name: '1.1.0', entries: [{ level: 'minor', packages: ['a', 'b'], text: 'Keys may be rotated.' }] },
    { name: '1.0.0', entries: [] },
  ])
})

it('a changeset is an entry at its highest level, an empty one is none', () => {
  const text = '---\n\'@minimo/client\': minor\n"@minimo/sandbox": patch\n---\n\nKeys may be rotated.\n'
  expect(parseChangeset('a.md', text)).toEqual([
    { level: 'minor', packages: ['@minimo/client', '@minimo/sandbox'], text: 'Keys may be rotated.' },
  ])
  expect(parseChangeset('b.md', '---\n---\n')).toEqual([])
  expect(() => parseChangeset('c.md', 'Keys.')).toThrow(ChangesetError)
})
