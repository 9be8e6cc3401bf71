import type { OpenApiDocument } from '../document.ts'
import type { Change, Pair } from './change.ts'
import type { MatchedOperation } from './facts/match-operations.ts'
import { findFurtherServers } from './facts/server-facts.ts'
import { findWords, type WordsFinding, wordsFinding } from './facts/words-facts.ts'

type Finding = Omit<Change, 'opinion'>

/** What is said otherwise of an operation that means the same; at least one finding. */
export function findOperationWords(pair: Pair, match: MatchedOperation): Finding[] {
  const [was, is] = [match.before, match.after].map(({ operation, pathItem }) => {
    const { 'x-retry': retry, 'x-unwrap': unwrap, servers, ...said } = operation
    const { summary, description } = pathItem as { summary?: string; description?: string }
    return { ...said, item: { summary, description } }
  })
  const found = [...findFurtherServers(match), ...findWords(pair, [was, is])]
  return atLeastOne(found, 'Only words changed: descriptions, examples, or marks for people.').map((finding) => ({
    ...finding,
    operationId: match.before.id,
    direction: 'both',
  }))
}

/** What is said otherwise of the document as a whole; at least one finding. */
export function findDocumentWords(pair: Pair): Finding[] {
  const [was, is] = [pair.before, pair.after].map(readSaid)
  const tags = [...(was?.tags ?? [])].flatMap(([name, tag]) =>
    findWords(pair, [tag, is?.tags.get(name)], { name: `the tag \`${name}\`` }),
  )
  const found = [...findWords(pair, [was?.info, is?.info], { name: 'the document' }), ...tags]
  const message = 'Only words changed of what is said of the document as a whole: its info, tags, or shared examples.'
  return atLeastOne(found, message).map(withDirection)
}

function readSaid(document: OpenApiDocument) {
  const { info, tags = [] } = document as { info?: object; tags?: { name?: string }[] }
  return { info, tags: new Map(tags.map((tag) => [tag.name ?? '', tag])) }
}

/** What is said otherwise of a component schema that means the same and that no operation reaches; at least one finding. */
export function findSchemaWords(pair: Pair, name: string): Finding[] {
  const [was, is] = [pair.before, pair.after].map(({ components }) => components?.schemas?.[name])
  const location = `components.schemas.${name}`
  const found = findWords(pair, [was, is], { location })
  return atLeastOne(found, 'Only words changed: descriptions, examples, or marks for people.').map((finding) => ({
    location,
    ...finding,
    direction: 'both',
  }))
}

const withDirection = (finding: WordsFinding): Finding => ({ ...finding, direction: 'both' })

/** Where words moved, such as from a reference to what it leads to, no single place differs. */
const atLeastOne = (found: WordsFinding[], message: string) => (found.length > 0 ? found : [wordsFinding(message)])
