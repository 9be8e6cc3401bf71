import type { OperationEntry, UseCase } from '../spec/document.ts'
import { type Block, code, join, list, table, type Words } from './markdown.ts'
import { operationLink } from './page-places.ts'
import { linesOf, readBlocks, readLine } from './read-markdown.ts'
import type { Lead, Page } from './site.ts'

/** When to use an operation and when another, as a table. */
export function describeUses(page: Page): Block[] {
  const uses = usesOf(page)
  if (uses.length === 0) return []
  const rows = uses.map(({ scenario, operation, note }) => [
    readLine(scenario, page.reader),
    operation === page.entry.id ? 'this operation' : operationLink(page.places, page.file, operation),
    note === undefined ? '' : readLine(note, page.reader),
  ])
  return [table(['You want to', 'Use', 'Note'], rows)]
}

/** What an operation says of when to use which; another shape than ours is somebody else's. */
function usesOf(page: Pick<Page, 'entry'>): readonly UseCase[] {
  const uses: unknown = page.entry.operation['x-when-to-use']
  return Array.isArray(uses) ? uses.filter(isUse) : []
}

const isUse = (value: unknown): value is UseCase => {
  const { scenario, operation } = Object(value)
  return typeof scenario === 'string' && typeof operation === 'string'
}

/** The operations that have to do with one: where its answers lead, what leads here, and what is used instead. */
export function describeRelated(page: Page): Block[] {
  const { id } = page.entry
  const words = new Map<string, Words[]>()
  const add = (other: string, more: Words) => {
    if (other === id || !page.places.of(other)) return
    words.set(other, [...(words.get(other) ?? []), more])
  }
  for (const lead of page.leads) if (lead.from === id) add(lead.to, leadWords(page, lead))
  for (const { scenario, operation } of usesOf(page)) {
    add(operation, ['Use it to ', readLine(scenario, page.reader), '.'])
  }
  for (const lead of page.leads) {
    if (lead.to === id) add(lead.from, ['Its answer leads here: ', leadWords(page, lead)])
  }
  for (const { entry } of page.places.all) {
    const leadsHere = usesOf({ entry }).some(({ operation }) => operation === id)
    if (leadsHere && !words.has(entry.id)) add(entry.id, leadOf(page, entry))
  }
  const items = [...words].map(([other, more]) => {
    const told = [...new Map(more.map((one) => [JSON.stringify(one), one])).values()].filter((one) => one !== '')
    const name = operationLink(page.places, page.file, other)
    return told.length > 0 ? [name, ': ', join(told, ' ')] : name
  })
  return items.length === 0 ? [] : [list(items)]
}

/** What an operation does, in the words of its description. */
function leadOf({ reader }: Page, { operation: { description = '' } }: OperationEntry): Words {
  return linesOf(readBlocks(description, reader).slice(0, 1))
}

/** What the description says of a link, and which of the values at hand the other operation takes. */
function leadWords(page: Page, { link: { description = '', parameters = {} } }: Lead): Words {
  const taken = Object.entries(parameters).map(([name, value]): Words => [code(name), ' is ', code(String(value))])
  const parts: Words[] = [
    ...(description.trim() === '' ? [] : [readLine(description, page.reader)]),
    ...(taken.length > 0 ? [['(', join(taken, ', '), ')']] : []),
  ]
  return join(parts, ' ')
}
