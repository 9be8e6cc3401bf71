import { expect, it } from 'vitest'
import { addressOf, formatPage, PageError, parsePage } from './pages.ts'

it('a page is printed as it is parsed', () => {
  const page = parsePage(
    'guides/keys.md',
    '---\ntitle: "Keys: where they go"\nsidebar:\n  order: 2\n---\n\n---\n\nText.\n',
  )
  expect(page.front).toEqual({ title: 'Keys: where they go', sidebar: { order: 2 } })
  expect(page.body).toBe('\n---\n\nText.\n')
  expect(parsePage(page.file, formatPage(page))).toEqual(page)
})

it.each([
  ['# Keys\n', 'guides/keys.md: expected front matter between two lines of ---, found none'],
  ['---\nname: Keys\n---\n', 'guides/keys.md: expected a title in the front matter, found name: Keys'],
])('what is missing at the head of a page is named: %j', (text, message) => {
  expect(() => parsePage('guides/keys.md', text)).toThrow(new PageError(message))
})

it.each([
  ['index.md', ''],
  ['404.md', '404/'],
  ['reference/index.md', 'reference/'],
  ['reference/contacts/delete-contact.md', 'reference/contacts/delete-contact/'],
  ['guides/my-index.md', 'guides/my-index/'],
])('%s is found at %j', (file, address) => {
  expect(addressOf(file)).toBe(address)
})
