import { describe, expect, it } from 'vitest'
import type { DocsConfig } from './config.ts'
import { writeFullIndex, writeIndex } from './indexes.ts'
import { type Page, parsePage } from './pages.ts'
import { planSidebar } from './sidebar.ts'
import { stagePages } from './stage.ts'

const config: DocsConfig = {
  title: 'Two APIs',
  description: 'Both.',
  sections: [
    { label: 'Contacts API', folder: 'reference', packages: ['@minimo/client'], methods: 'methods.ts' },
    { label: 'Pets API', folder: 'pets', packages: ['@acme/pets'] },
  ],
}
const operation = (file: string, id: string, more = '') =>
  parsePage(file, `---\ntitle: ${id}\noperationId: ${id}\nmethod: put\npath: /${id}\n${more}---\n\nText of ${id}.\n`)
const pages = [
  parsePage('index.md', '---\ntitle: First\n---\n\nHello.\n'),
  parsePage('guides/keys.md', '---\ntitle: Keys\ndescription: Where they go.\n---\n\nText.\n'),
  operation('reference/contacts/update.md', 'updateContactById', 'tag: Contacts\nsidebar:\n  order: 2\n'),
  operation('reference/contacts/delete.md', 'deleteContact', 'tag: Contacts\nsidebar:\n  order: 1\n'),
  operation('pets/update.md', 'updateContactById'),
]
const entry = (text: string, name = '@minimo/client') => ({ level: 'minor' as const, packages: [name], text })
const releases = [
  { name: 'Unreleased', entries: [entry('`minimo.contacts.update(id, …)` takes `null`; `deleteContact` does not.')] },
  {
    name: '1.20.0',
    entries: [
      entry(
        'It changed.\n\n- [`deleteContact`](./openapi.yaml), `deleteContact(…)`, gone\n  - `x`\n- All\n  - reaches `deleteContact`\n- `other`, see [it](./openapi.yaml)',
      ),
    ],
  },
  { name: '12.0.0', entries: [entry('`updateContactById` is quicker.', '@acme/pets')] },
]
const methods = new Map(config.sections.slice(0, 1).map((one) => [one, { updateContactById: ['contacts.update'] }]))
const staged = stagePages({ config, pages, releases, methods })
const bodyOf = (file: string) => staged.find((page: Page) => page.file === file)?.body

describe('the changelog', () => {
  it('links each operation that an entry names, by its id or by a method of the client', () => {
    expect(bodyOf('changelog.md')).toContain(
      '- [`minimo.contacts.update(id, …)`](reference/contacts/update.md) takes `null`; [`deleteContact`](reference/contacts/delete.md) does not.',
    )
  })

  it('turns what an entry links to beside a package into a link to the operation, or into text', () => {
    expect(bodyOf('changelog.md')).toContain(
      '[`deleteContact`](reference/contacts/delete.md), `deleteContact(…)`, gone',
    )
    expect(bodyOf('changelog.md')).toContain('`other`, see it')
  })

  it('tells an operation of one API from that of the same id in another', () => {
    expect(bodyOf('changelog.md')).toContain('[`updateContactById`](pets/update.md) is quicker')
  })
})

describe('the page of an operation', () => {
  it('ends with the changes that touched it, the newest first', () => {
    expect(bodyOf('reference/contacts/delete.md')).toBe(
      '\nText of deleteContact.\n\n## Changes\n\n' +
        '- [Unreleased](../../changelog.md#unreleased), minor: [`minimo.contacts.update(id, …)`](update.md) takes `null`; `deleteContact` does not.\n' +
        '- [1.20.0](../../changelog.md#1200), minor: `deleteContact`, `deleteContact(…)`, gone\n    - `x`\n\n  All\n',
    )
  })

  it('leads to the right one of two versions that have the same anchor', () => {
    expect(bodyOf('pets/update.md')).toContain('[12.0.0](../changelog.md#1200-1), minor')
  })

  it('that nothing touched stays as it is', () => {
    const [guide] = staged.filter(({ file }) => file === 'guides/keys.md')
    expect(guide).toBe(pages[1])
  })
})

it('each folder has an overview, also one that has no pages', () => {
  expect(bodyOf('reference/index.md')).toContain('- [deleteContact](contacts/delete.md) `PUT /deleteContact`')
  const empty = stagePages({ config, pages: [], releases: [], methods: new Map() })
  expect(empty.map(({ file }) => file)).toEqual([
    'guides/index.md',
    'reference/index.md',
    'pets/index.md',
    'changelog.md',
  ])
})

it('the sidebar has guides, each API by tag in its order, and the changelog', () => {
  expect(planSidebar(staged, config)).toMatchObject([
    { label: 'Guides', items: [{ label: 'Overview', link: '/guides/' }, { label: 'Keys' }] },
    {
      label: 'Contacts API',
      items: [
        { label: 'Overview' },
        { label: 'Contacts', items: [{ label: 'deleteContact' }, { label: 'updateContactById' }] },
      ],
    },
    {
      label: 'Pets API',
      items: [{ label: 'Overview' }, { link: '/pets/update/', badge: { text: 'PUT', class: 'method put' } }],
    },
    { label: 'Changelog', link: '/changelog/' },
  ])
})

it('the indexes for agents have each page once, with its address', () => {
  const place = { base: '/docs/', site: 'https://example.com' }
  const lines = writeIndex(staged, config, place)
    .split('\n')
    .filter((line) => line.startsWith('- '))
  expect(lines).toHaveLength(staged.length)
  expect(lines).toContain('- [Keys](https://example.com/docs/guides/keys.md): Where they go.')
  expect(writeFullIndex(staged, config, { base: '/' }).match(/^# /gm)).toHaveLength(staged.length)
})
