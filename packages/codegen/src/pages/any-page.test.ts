import fc from 'fast-check'
import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import { expect, test } from 'vitest'
import { type OpenApiDocument, withOperationIds } from '../spec/document.ts'
import { indexPage } from './index-page.ts'
import { type Block, render } from './markdown.ts'
import { operationPage } from './operation-page.ts'
import { createSite, pageAt } from './site.ts'
import { webhooksPage } from './webhooks-page.ts'

/** What marks something up in Markdown, or looks as if it did. */
const hostile = [
  ...[
    '|',
    'a|b',
    '\\|',
    'a\\\\|b',
    '\\',
    '`',
    '``',
    '`|`',
    '`a\\|b`',
    '```\nx',
    '~~~',
    '{x}',
    '{{a}}',
    '$\u007ba}',
    '$&',
  ],
  ...['<script>alert(1)</script>', '<b>', '<!--', '-->', '<?php', '<a@b.c>', '&amp;', '&#124;', '<https://a.test/|b>'],
  ...['\n# a', '# a', 'a\n===', '---', '- a\n- b', '1. a', '> a', '| a | b |\n| - | - |\n| c | d |', '    code', '\ta'],
  ...['[a](b)', '[a](https://a.test "b|c")', '![x](http://a.test/b)', '[a]: https://a.test', '[^1]', '[^1]: x', '[a]'],
  ...['*a*', '**', '_a_', 'a_b_c', '~a~', '- [ ] a', 'https://a.test/_b_|c', 'www.a.test', 'a@b.test', '\r', '\u2028'],
  ...['\u0000', ' ', '', '\n', '\n\n', '__proto__', 'constructor', ':-', '|-|', 'updateIt', 'é', '😀', '+', '=', '!'],
]
const text = fc.oneof(
  fc.constantFrom(...hostile),
  fc.array(fc.constantFrom(...hostile), { maxLength: 4 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const dictionary = <T>(value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(text, value), { maxLength: 3 }).map((entries) => Object.fromEntries(entries))
const value = fc.oneof(text, fc.integer(), fc.constant(null), fc.dictionary(text, text, { maxKeys: 2 }))

const { schema } = fc.letrec<{ schema: object }>((tie) => ({
  schema: fc.oneof(
    { depthSize: 'small' },
    fc.record(
      {
        ...{ type: fc.constantFrom<unknown>('string', 'array', ['object', 'null']), description: text, title: text },
        ...{ enum: fc.array(value, { maxLength: 3 }), format: text, pattern: text, default: value, example: value },
        ...{ const: value, 'x-error-code': text, 'x-pii': fc.boolean(), deprecated: fc.boolean() },
      },
      { requiredKeys: [] },
    ),
    fc.record({ properties: dictionary(tie('schema')), required: fc.array(text, { maxLength: 2 }) }),
    fc.record({ items: tie('schema'), additionalProperties: tie('schema') }),
    fc.record({ oneOf: fc.array(tie('schema'), { maxLength: 2 }), allOf: fc.array(tie('schema'), { maxLength: 2 }) }),
    fc.constant({ $ref: '#/components/schemas/It' }),
  ),
}))
const example = fc.record({ summary: text, description: text, value })
const content = dictionary(fc.record({ schema, examples: dictionary(example) }))
const link = fc.record({ operationId: fc.constant('updateIt'), description: text, parameters: dictionary(text) })
const response = fc.record({
  description: text,
  content,
  headers: dictionary(fc.record({ description: text, schema })),
  links: dictionary(link),
})
const parameter = fc.record({
  name: text,
  in: fc.constantFrom('query', 'header'),
  description: text,
  schema,
  example: value,
})
const use = fc.record({ scenario: text, operation: fc.oneof(text, fc.constant('updateIt')), note: text })
const operation = fc.record({
  ...{ operationId: text, summary: text, description: text, tags: fc.array(text, { maxLength: 1 }) },
  ...{ parameters: fc.array(parameter, { maxLength: 2 }), requestBody: fc.record({ description: text, content }) },
  ...{ responses: fc.record({ 200: response, 404: response, default: response }), 'x-when-to-use': fc.array(use) },
  externalDocs: fc.record({ url: fc.oneof(text, fc.constant('https://a.test/)')), description: text }),
})
const document = fc
  .record({
    ...{ openapi: fc.constant('3.1.0'), info: fc.record({ title: text, description: text, version: text }) },
    paths: text.chain((path) => fc.record({ [`/${path}`]: fc.record({ get: operation, put: operation }) })),
    webhooks: dictionary(fc.record({ post: operation })),
    tags: fc.array(fc.record({ name: text, description: text }), { maxLength: 2 }),
    components: fc.record({
      schemas: fc.record({ It: fc.record({ description: text, properties: dictionary(schema) }) }),
    }),
    'x-error-remedies': dictionary(text),
  })
  .map((given): OpenApiDocument => withOperationIds({ ...given }))

const parse = (page: string) => fromMarkdown(page, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })

const children = (node: Nodes): readonly Nodes[] => ('children' in node ? node.children : [])

/** The text of a node as a reader sees it. */
const textOf = (node: Nodes): string => ('value' in node ? node.value : children(node).map(textOf).join(''))

const asLine = (shown: string) =>
  shown
    .replaceAll('\0', ' ')
    .replace(/[\s\ufffd]+/g, ' ')
    .trim()

/** What of a page must be as it was meant: headings, tables cell by cell, and code. */
const outline = (blocks: readonly Nodes[]): unknown[] =>
  blocks.flatMap((node): unknown[] => {
    if (node.type === 'heading') return [`${'#'.repeat(node.depth)} ${asLine(textOf(node))}`]
    if (node.type === 'table') return [node.children.map((row) => row.children.map((cell) => asLine(textOf(cell))))]
    return node.type === 'code' ? [asLine(node.value)] : []
  })

const holdsHtml = (node: Nodes): boolean => node.type === 'html' || children(node).some(holdsHtml)

function expectAsMeant(blocks: readonly Block[]): void {
  const page = parse(render(blocks))
  expect(outline(page.children)).toEqual(outline(blocks))
  expect(holdsHtml(page)).toBe(false)
}

// The same documents in each run; `RUNS=9000 SEED=2` looks at others.
test('whatever texts and names a document holds, its pages have the headings, tables and code that are meant', () => {
  fc.assert(
    fc.property(document, (given) => {
      const site = createSite(given, { package: 'a', factory: 'createClient', variable: 'api' })
      for (const place of site.places.all) expectAsMeant(operationPage(pageAt(site, place), 'openapi: 3.1.0'))
      expectAsMeant(indexPage(site))
      expectAsMeant(webhooksPage(site))
    }),
    { numRuns: Number(process.env.RUNS ?? 30), seed: Number(process.env.SEED ?? 1), endOnFailure: true },
  )
})

test('pages of operations and tags with any names have places of their own', () => {
  fc.assert(
    fc.property(document, (given) => {
      const files = createSite(given).places.all.map(({ file }) => file.toLowerCase())
      expect(new Set(files).size).toBe(files.length)
      for (const file of files) expect(file).toMatch(/^(?:[\p{L}\p{N}-]{1,90}\/)?[\p{L}\p{N}-]{1,90}\.md$/u)
    }),
    { numRuns: Number(process.env.RUNS ?? 100), seed: 1, endOnFailure: true },
  )
})
