import { serverUrl } from '../spec/servers.ts'
import { describeAnswers } from './answers.ts'
import { describeErrors } from './errors.ts'
import { describeRelated, describeUses } from './guidance.ts'
import { keyWords } from './key-words.ts'
import { type Block, code, fence, join, link, list, paragraph, section, strong, type Words } from './markdown.ts'
import { describePersonalData } from './personal.ts'
import { readBlocks, readLine } from './read-markdown.ts'
import { describeRepeating } from './repeating.ts'
import { describeRequest } from './request.ts'
import type { Page } from './site.ts'

/** The page of an operation, its title aside; `fragment` is its part of the description as YAML. */
export function operationPage(page: Page, fragment: string): Block[] {
  const [lead, ...behaviour] = readBlocks(page.entry.operation.description ?? '', page.reader)
  return [
    ...(page.entry.operation.deprecated ? [paragraph(strong('Deprecated: it may go.'))] : []),
    ...(lead ? [lead] : []),
    list(factsOf(page)),
    ...section(2, 'When to use it', describeUses(page)),
    ...section(2, 'How it behaves', behaviour),
    ...section(2, 'Request', describeRequest(page)),
    ...section(2, 'Samples', sampleBlocks(page)),
    ...section(2, 'Answers', describeAnswers(page)),
    ...section(2, 'Errors', describeErrors(page)),
    ...section(2, 'Repeating the call', describeRepeating(page)),
    ...section(2, 'Personal data', describePersonalData(page)),
    ...section(2, 'Related operations', describeRelated(page)),
    ...section(2, 'OpenAPI', [fence('yaml', fragment)]),
  ]
}

/** What whoever calls it needs first. */
function factsOf(page: Page): Words[] {
  const { entry, document, client } = page
  const { externalDocs } = entry.operation
  const key = keyWords(page)
  return [
    ['Request: ', code(`${entry.method.toUpperCase()} ${serverUrl(document, entry)}${entry.path}`)],
    ...(client ? [['In TypeScript: ', methodWords(page)]] : []),
    ['Operation: ', code(entry.id)],
    ...(key === undefined ? [] : [['Key: ', key]]),
    ...(externalDocs && /^https?:/.test(externalDocs.url)
      ? [['More: ', link(externalDocs.url, externalDocs.description ?? externalDocs.url)]]
      : []),
  ]
}

/** How a client's user calls the operation. */
function methodWords({ client, entry }: Page): Words {
  const methods = client?.methods?.[entry.id] ?? []
  const calls = methods.map((method) => `${client?.variable}.${method}(…)`)
  return join((calls.length > 0 ? calls : [`${client?.variable}.call('${entry.id}', …)`]).map(code), ', ')
}

/** The programs that make a request, those of one request one after the other. */
function sampleBlocks({ entry, samplesOf, reader }: Page): Block[] {
  const requests = samplesOf(entry)
  return requests.flatMap(({ example, summary, samples }) => {
    const name = summary ?? example
    const label = name !== undefined && requests.length > 1 ? [paragraph([readLine(name, reader), ':'])] : []
    return [...label, ...samples.map(({ lang, label: title, source }) => fence(lang.toLowerCase(), source, title))]
  })
}
