import { expect, it } from 'vitest'
import { LinkError, resolveLink } from './links.ts'

const files = new Set(['index.md', 'changelog.md', 'guides/keys.md', 'reference/contacts/delete-contact.md'])
const place = { from: 'guides/keys.md', files, base: '/docs/' }

it.each([
  ['../reference/contacts/delete-contact.md', '/docs/reference/contacts/delete-contact/'],
  ['../reference/contacts/delete-contact.md#errors', '/docs/reference/contacts/delete-contact/#errors'],
  ['/changelog.md', '/docs/changelog/'],
  ['keys.md', '/docs/guides/keys/'],
  ['../index.md', '/docs/'],
  ['../llms.txt', '/docs/llms.txt'],
  ['#keys', '#keys'],
  ['https://example.com/a.md', 'https://example.com/a.md'],
  ['mailto:a@example.com', 'mailto:a@example.com'],
])('the link %s becomes %s', (link, address) => {
  expect(resolveLink(link, place)).toBe(address)
})

it.each(['../reference/contacts/gone.md', '../../README.md', '/reference/contacts/delete-contact/', 'keys'])(
  'the link %s leads nowhere, and the page and the link are named',
  (link) => {
    expect(() => resolveLink(link, place)).toThrow(LinkError)
    expect(() => resolveLink(link, place)).toThrow(
      `guides/keys.md: expected the link ${link} to name the file of a page`,
    )
  },
)
