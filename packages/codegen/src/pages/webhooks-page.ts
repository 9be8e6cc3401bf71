import { type Content, listWebhooks, type OperationEntry, resolve } from '../spec/document.ts'
import { describeAnswers } from './answers.ts'
import { type Block, code, heading, list, paragraph, strong, type Words } from './markdown.ts'
import { describeMedia, exampleBlocks } from './media-blocks.ts'
import { webhooksFile } from './page-places.ts'
import { plainText, readBlocks, readLine } from './read-markdown.ts'
import { describeParameters } from './request.ts'
import { type Page, pageAt, type Site } from './site.ts'

/** The page of what an API calls at its users' servers, its title aside. */
export const webhooksPage = (site: Site): Block[] =>
  listWebhooks(site.document).flatMap((entry) => describeWebhook(pageAt(site, { entry, file: webhooksFile })))

function describeWebhook(page: Page): Block[] {
  const { entry, document } = page
  const { summary = '', description = '', requestBody } = entry.operation
  const body = requestBody && resolve(document, requestBody)
  return [
    heading(2, plainText(readLine(summary, page.reader)).trim() || entry.path),
    ...readBlocks(description, page.reader),
    list([
      ['Sent as: ', code(`${entry.method.toUpperCase()}`), ' to the address you gave'],
      ['Webhook: ', code(entry.path)],
    ]),
    ...describeParameters(page),
    ...(body ? bodyBlocks(page, body) : []),
    ...personalBlocks(page, entry),
    paragraph(strong('What you answer')),
    ...describeAnswers(page),
  ]
}

/** Here the API sends, so it sends all that answers of its have. */
const bodyBlocks = (page: Page, body: Content): Block[] => [
  ...readBlocks(body.description ?? '', page.reader),
  ...describeMedia(page, body, 'answer'),
  ...exampleBlocks(page, body),
]

function personalBlocks({ personalDataOf }: Page, entry: OperationEntry): Block[] {
  const places = personalDataOf(entry)
  const words: Words = places.flatMap((place, index) => (index === 0 ? [code(place)] : [', ', code(place)]))
  return places.length === 0 ? [] : [paragraph(['Personal data: ', words, '. Keep these values out of logs.'])]
}
