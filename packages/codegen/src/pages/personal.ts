import { listParameters, resolve } from '../spec/document.ts'
import { isPlaceOf, readSchemes } from '../spec/security-schemes.ts'
import { statusWords } from './answers.ts'
import { type Block, code, join, list, paragraph, type Words } from './markdown.ts'
import type { Page } from './site.ts'

/** Which fields of requests and answers hold personal data; nothing where none do. */
export function describePersonalData(page: Page): Block[] {
  const { document, entry, client } = page
  const schemes = [...readSchemes(document).values()]
  const keys = listParameters(document, entry)
    .filter((parameter) => schemes.some((scheme) => isPlaceOf(scheme, parameter)))
    .map(({ in: place, name }) => `${place}.${name}`)
  const sent = [...new Set([...page.personalDataOf(entry), ...keys])]
  const answers = Object.entries(entry.operation.responses ?? {}).map(
    ([status, given]) => [`Answer ${statusWords(status)}`, page.personalDataIn(resolve(document, given))] as const,
  )
  const told = [['Request', sent] as const, ...answers].filter(([, places]) => places.length > 0)
  if (told.length === 0) return []
  const all = told.flatMap(([, places]) => places)
  const notes = [
    'Keep these values out of logs and error reports.',
    ...(sent.some((place) => /^(path|query)\b/.test(place))
      ? ['The URL of a request holds some of them, so keep it out, too.']
      : []),
    ...(all.some((place) => /(^|\.)\*/.test(place)) ? ['An asterisk stands for every element or field.'] : []),
    ...(client ? ['The client puts them into no error message and no log entry.'] : []),
  ]
  const items = told.map(([label, places]): Words => [label, ': ', join(places.map(code), ', ')])
  return [list(items), paragraph(notes.join(' '))]
}
