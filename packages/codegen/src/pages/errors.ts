import { type Content, listParameters, resolve, type Schema } from '../spec/document.ts'
import { codesInBody, codesInSchema } from '../spec/error-codes.ts'
import { statusWords } from './answers.ts'
import { type Block, code, join, paragraph, table, type Words } from './markdown.ts'
import { listExamples } from './media-blocks.ts'
import { readLine } from './read-markdown.ts'
import type { Page } from './site.ts'

/** An error that a call may end with. */
interface KnownError {
  status: string
  code?: string
  causes: Words[]
}

/** The errors of an operation with their causes, and what to do about them; nothing where none are known. */
export function describeErrors(page: Page): Block[] {
  const errors = [...listErrors(page)]
  if (errors.length === 0) return []
  const remedies = page.document['x-error-remedies'] ?? {}
  const rows = errors.map(({ status, code: name, causes }) => {
    const remedy = name !== undefined && Object.hasOwn(remedies, name) ? remedies[name] : undefined
    return [
      statusWords(status),
      name === undefined ? '' : code(name),
      join(causes, ' '),
      remedy === undefined ? '' : readLine(remedy, page.reader),
    ]
  })
  const hasCodes = errors.some((error) => error.code !== undefined)
  const others = hasCodes
    ? 'The list is open: a code that is not in it is to be treated by its status.'
    : 'The list is open: other statuses may come, such as 5xx.'
  return [table(['Status', 'Code', 'Cause', 'What to do'], rows), paragraph(others)]
}

function listErrors(page: Page): KnownError[] {
  const responses = Object.entries(page.entry.operation.responses ?? {})
  const hasSuccess = responses.some(([status]) => /^2/.test(status))
  const failing = responses.filter(([status]) => /^[45]/.test(status) || (status === 'default' && hasSuccess))
  const ofAnswers = failing.flatMap(([status, given]) => errorsOf(page, status, resolve(page.document, given)))
  const further = listMarked(page).filter((one) => !ofAnswers.some((known) => known.code === one.code))
  const all = [
    ...ofAnswers,
    ...further.flatMap((one) =>
      placeMarked(
        one,
        failing.map(([status]) => status),
      ),
    ),
  ]
  return failing.flatMap(([status]) => all.filter((one) => one.status === status))
}

/** The errors of one status, by their codes: what the examples say, else what the schema or the document has. */
function errorsOf(page: Page, status: string, response: Content): KnownError[] {
  const about = readLine(response.description ?? '', page.reader)
  const media = Object.values(response.content ?? {})
  const shown = media.flatMap((one) =>
    listExamples(page, one).flatMap(({ example }) => {
      const cause = example.summary ? [readLine(example.summary, page.reader), '.'] : about
      return codesInBody(example.value).map((name) => ({ status, code: name, causes: [cause] }))
    }),
  )
  const known = new Set(shown.map((one) => one.code))
  const listed = media.flatMap(({ schema }) => codesInSchema(page.document, schema)).filter((name) => !known.has(name))
  const [only, ...others] = new Set([...shown.map((one) => one.code), ...listed])
  // What is said of the status is said of its only code.
  if (only !== undefined && others.length === 0) return [{ status, code: only, causes: [about] }]
  const errors = [
    ...mergeCauses(shown),
    ...[...new Set(listed)].map((name) => ({ status, code: name, causes: [about] })),
  ]
  if (errors.length > 0) return errors
  const usual = page.document['x-error-codes']?.[status]
  return [{ status, ...(usual !== undefined && { code: usual }), causes: [about] }]
}

function mergeCauses(errors: readonly { status: string; code: string; causes: Words[] }[]): KnownError[] {
  const byCode = Map.groupBy(errors, (one) => one.code)
  return [...byCode].map(([name, ones]) => {
    const causes = new Map(ones.flatMap(({ causes }) => causes).map((cause) => [JSON.stringify(cause), cause]))
    return { status: ones[0]?.status ?? '', code: name, causes: [...causes.values()] }
  })
}

/** A code that a value has when it is not valid. */
interface Marked {
  code: string
  in: 'parameter' | 'body'
  names: string[]
}

/** The codes that the parameters and the body of a request have for values that are not valid. */
function listMarked({ document, entry, views }: Page): Marked[] {
  const marks = new Map<string, Marked>()
  const add = (mark: string, place: Marked['in'], name: string) => {
    const known = marks.get(mark) ?? { code: mark, in: place, names: [] }
    marks.set(mark, known)
    if (!known.names.includes(name)) known.names.push(name)
  }
  for (const { name, 'x-error-code': mark } of listParameters(document, entry)) if (mark) add(mark, 'parameter', name)
  const body = entry.operation.requestBody && resolve(document, entry.operation.requestBody)
  const open: Schema[] = Object.values(body?.content ?? {}).flatMap(({ schema }) => schema ?? [])
  const seen = new Set<Schema>()
  for (const schema of open) {
    const { properties, said, alternatives } = views.of(schema)
    if (seen.has(schema)) continue
    seen.add(schema)
    for (const [name, property] of properties) {
      const mark = views.of(property).said['x-error-code']
      if (mark) add(mark, 'body', name)
      open.push(property)
    }
    open.push(...alternatives, ...(said.items ? [said.items] : []))
  }
  return [...marks.values()]
}

/** The status that such an error has: what servers usually refuse such a value with, of those that are documented. */
function placeMarked({ code: name, in: place, names }: Marked, statuses: readonly string[]): KnownError[] {
  const usual = place === 'body' ? ['422', '400'] : ['400', '422']
  const status = [...usual, '4XX', 'default'].find((one) => statuses.includes(one))
  const causes = [[join(names.map(code), ' or '), ' is not valid.']]
  return status === undefined ? [] : [{ status, code: name, causes }]
}
