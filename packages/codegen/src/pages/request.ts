import { listParameters, type Parameter, resolve } from '../spec/document.ts'
import { shortWords } from './field-table.ts'
import { exampleOf } from './list-fields.ts'
import { type Block, code, join, paragraph, section, table, type Words } from './markdown.ts'
import { describeMedia, exampleBlocks } from './media-blocks.ts'
import { readBlocks, readLine } from './read-markdown.ts'
import type { Page } from './site.ts'
import { typeWords } from './type-words.ts'

/** What a request holds: its parameters, its body, and examples of that. */
export function describeRequest(page: Page): Block[] {
  const { requestBody } = page.entry.operation
  const body = requestBody && resolve(page.document, requestBody)
  return [
    ...section(3, 'Parameters', describeParameters(page)),
    ...(body ? section(3, 'Body', bodyBlocks(page, body)) : []),
    ...(body ? section(3, 'Examples', exampleBlocks(page, body)) : []),
  ]
}

function bodyBlocks(page: Page, body: NonNullable<Page['entry']['operation']['requestBody']>): Block[] {
  const need = paragraph(body.required ? 'Required.' : 'Not required.')
  return [need, ...readBlocks(body.description ?? '', page.reader), ...describeMedia(page, body, 'request')]
}

/** The parameters of an operation as a table; nothing where it has none. */
export function describeParameters(page: Page): Block[] {
  const parameters = listParameters(page.document, page.entry)
  if (parameters.length === 0) return []
  const rows = parameters.map((parameter) => [
    code(parameter.name),
    parameter.in,
    parameterType(page, parameter),
    parameter.required ? 'yes' : 'no',
    parameterWords(page, parameter),
    shortWords(parameterExample(page, parameter)),
  ])
  return [table(['Parameter', 'In', 'Type', 'Required', 'Description', 'Example'], rows)]
}

function parameterType({ views }: Page, { schema, content = {} }: Parameter): Words {
  const [[type, media] = []] = Object.entries(content)
  const words = typeWords(views.of(schema ?? media?.schema), views)
  return type === undefined ? words : [words, ', as ', code(type)]
}

function parameterWords(page: Page, { description = '', deprecated, schema }: Parameter): Words {
  const text = description.trim() === '' ? (page.views.of(schema).said.description ?? '') : description
  const parts: Words[] = [
    ...(deprecated ? ['Deprecated.'] : []),
    ...(text.trim() === '' ? [] : [readLine(text, page.reader)]),
  ]
  return join(parts, ' ')
}

function parameterExample({ document, views }: Page, { example, examples = {}, schema }: Parameter): unknown {
  const [named] = Object.values(examples).map((one) => resolve(document, one).value)
  return example ?? named ?? exampleOf(views.of(schema).said)
}
