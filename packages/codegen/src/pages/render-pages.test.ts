import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, test } from 'vitest'
import type { GeneratedFile } from '../spec/config.ts'
import { listOperations, type OpenApiDocument } from '../spec/document.ts'
import { loadSpec } from '../spec/load.ts'
import { renderPages } from './render-pages.ts'

const client = {
  package: '@minimo/client',
  factory: 'createMinimoClient',
  variable: 'minimo',
  methods: { updateContactById: ['contacts.update'] },
}

describe('the pages of our own description', () => {
  let document: OpenApiDocument
  let pages: GeneratedFile[]
  beforeAll(async () => {
    const file = fileURLToPath(new URL('../../../../openapi/minimo.yaml', import.meta.url))
    document = await loadSpec(file, 'house')
    pages = renderPages(document, { client, source: 'openapi/minimo.yaml' })
  })
  const page = (path: string) => pages.find((one) => one.path === path)?.text ?? ''

  test('there is one for each operation, an index, and one for the webhooks', () => {
    expect(pages).toHaveLength(listOperations(document).length + 2)
    expect(pages.map(({ path }) => path)).toContain('custom-fields/create-custom-field.md')
  })

  test('every link between them leads to a page, and to a heading on it', () => {
    const slug = (heading: string) => heading.toLowerCase().replaceAll(' ', '-')
    const headings = new Map(
      pages.map(({ path, text }) => [path, [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => slug(heading))]),
    )
    let count = 0
    for (const { path, text } of pages) {
      for (const [, url = ''] of text.matchAll(/\]\(([^)]+)\)/g)) {
        if (/^https?:/.test(url)) continue
        count++
        const [file = '', anchor] = url.split('#')
        const target = file === '' ? path : posix.join(posix.dirname(path), file)
        expect({ path, url, has: headings.has(target) }).toEqual({ path, url, has: true })
        if (anchor !== undefined) expect(headings.get(target)).toContain(anchor)
      }
    }
    expect(count).toBeGreaterThan(50)
  })

  test('headings are in the order that all pages have', () => {
    const order = [
      ...['When to use it', 'How it behaves', 'Request', 'Samples', 'Answers', 'Errors', 'Repeating the call'],
      ...['Personal data', 'Related operations', 'OpenAPI'],
    ]
    const all = [...page('contacts/update-contact-by-id.md').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
    expect(all).toEqual(order)
  })

  test('the page of an operation says how it is called, what it takes, and what its errors are', () => {
    const text = page('contacts/update-contact-by-id.md')
    for (const fact of [
      'title: Update a contact by id',
      '- Request: `PUT https://api.minimo.it/public/v1/contacts/{id}`',
      '- In TypeScript: `minimo.contacts.update(…)`',
      '| `id` | path | integer | yes | The id of the contact. | `42` |',
      '| `marketingConsent.email` | boolean | no |',
      '| 404 | `not_found` | No contact has this id.',
      '| 422 | `invalid_phone_number` | `phone` is not valid. |',
      '- Request: `body.email`, `body.phone`, `body.customFields`',
      '- Answer 200: `body.phone`',
      '(`id` is `$response.body#/data/id`)',
    ]) {
      expect(text).toContain(fact)
    }
    expect(page('contacts/upsert-contact.md')).toContain('| `email` | string, e-mail | unless `phone` is there |')
    expect(page('emails/send-email.md')).toContain('Do not repeat a call whose outcome you do not know')
  })
})

const answers = { '200': { description: 'It.' } }

test('operations without ids and with tags that are alike or strange have pages of their own', () => {
  const paths = {
    '/pets/{id}': { get: { operationId: 'GET /pets/{id}', responses: answers } },
    '/pets.{id}': { get: { operationId: 'GET /pets.{id}', responses: answers } },
    '/a': { get: { operationId: 'getA', tags: ['<Big> Pets'], responses: answers } },
    '/b': { get: { operationId: 'getB', tags: ['big pets'], responses: answers } },
    '/c': { get: { operationId: 'index', responses: answers } },
    '/d': { get: { operationId: '…', tags: ['…'], responses: answers } },
  }
  const pages = renderPages({ openapi: '3.1.0', paths }, { client: undefined, source: 'a.yaml' })
  expect(pages.map(({ path }) => path)).toEqual([
    ...['index.md', 'get-pets-id.md', 'get-pets-id-2.md', 'big-pets/get-a.md', 'big-pets-2/get-b.md', 'index-2.md'],
    'tag/operation.md',
  ])
})

test('a description keeps its lists, code and links, and loses headings, HTML and pictures', () => {
  const description = `Does it.

# Heading

- one \`a|b\`
- two <b>bold</b> <script>x</script> <your-id>

![chart](https://a.test/c.png) [here](https://a.test) [there](/docs/there) <!-- gone -->`
  const paths = { '/a': { get: { operationId: 'getA', description, responses: answers } } }
  const [, page] = renderPages({ openapi: '3.1.0', paths }, { client: undefined, source: 'a.yaml' })
  expect(/## How it behaves\n\n([\s\S]*?)\n\n## /.exec(page?.text ?? '')?.[1]).toBe(`**Heading**

- one \`a|b\`
- two bold \\<script\\>x\\</script\\> \\<your-id\\>

[chart](https://a.test/c.png) [here](https://a.test) there`)
})
