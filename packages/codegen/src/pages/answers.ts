import { type Content, type Header, resolve } from '../spec/document.ts'
import { shortWords } from './field-table.ts'
import { exampleOf } from './list-fields.ts'
import { type Block, code, heading, link, paragraph, table, type Words } from './markdown.ts'
import { describeMedia, exampleBlocks } from './media-blocks.ts'
import { readBlocks, readLine } from './read-markdown.ts'
import type { Page } from './site.ts'
import { typeWords } from './type-words.ts'

/** What an operation answers, by status. */
export function describeAnswers(page: Page): Block[] {
  const told = new Map<object, string>()
  return Object.entries(page.entry.operation.responses ?? {}).flatMap(([status, given]) => {
    const response = resolve(page.document, given)
    return [
      heading(3, statusWords(status)),
      ...readBlocks(response.description ?? '', page.reader),
      ...headerBlocks(page, response),
      ...contentBlocks(page, { status, response, told }),
      ...exampleBlocks(page, response),
    ]
  })
}

/** A status as people read it; `default` is what stands for all others. */
export const statusWords = (status: string): string => (status === 'default' ? 'Any other status' : status)

/** An answer, and under which statuses bodies like its own were told already. */
interface Answer {
  status: string
  response: Content
  told: Map<object, string>
}

/** The fields of an answer; those of one that an earlier status has are not told again. */
function contentBlocks(page: Page, { status, response, told }: Answer): Block[] {
  const media = Object.entries(response.content ?? {})
  if (media.length === 0) return [paragraph('No body.')]
  const [[type, { schema }] = ['', {}]] = media
  const identity = page.views.of(schema).identity
  const earlier = media.length === 1 && schema !== undefined ? told.get(identity) : undefined
  if (earlier === undefined) {
    if (media.length === 1) told.set(identity, status)
    return describeMedia(page, response, 'answer')
  }
  const anchor = statusWords(earlier).toLowerCase().replaceAll(' ', '-')
  return [paragraph([code(type), ': the same fields as under ', link(`#${anchor}`, statusWords(earlier)), '.'])]
}

function headerBlocks(page: Page, { headers = {} }: Content): Block[] {
  const rows = Object.entries(headers).map(([name, given]) => {
    const header = resolve(page.document, given)
    const schema = header.schema ?? Object.values(header.content ?? {})[0]?.schema
    return [
      code(name),
      typeWords(page.views.of(schema), page.views),
      header.required ? 'yes' : 'no',
      headerWords(page, header),
      shortWords(header.example ?? exampleOf(page.views.of(schema).said)),
    ]
  })
  return rows.length === 0 ? [] : [table(['Header', 'Type', 'Always there', 'Description', 'Example'], rows)]
}

const headerWords = (page: Page, { description = '' }: Header): Words =>
  description.trim() === '' ? '' : readLine(description, page.reader)
