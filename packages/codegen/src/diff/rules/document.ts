import type { OpenApiDocument } from '../../spec/document.ts'
import type { DocumentPair, Rule } from '../compare/rule.ts'
import { createReach } from '../normal/reach.ts'
import { namesServers } from './server.ts'
import { changeWords, wordsId } from './words.ts'

/** The codes of errors whose body names none. */
const codesErrors: Rule<DocumentPair> = ({ before, after, spot }, _, report) => {
  const [was, is] = [before['x-error-codes'] ?? {}, after['x-error-codes'] ?? {}]
  for (const status of [...new Set([...Object.keys(was), ...Object.keys(is)])].sort()) {
    const [old, now] = [was[status], is[status]]
    const common = { direction: 'response', spot: { ...spot, below: status } } as const
    if (old === now) continue
    if (old === undefined) {
      const message = `An error ${status} whose body names no code has the code \`${now}\` now.`
      report({ ...common, bump: 'minor', id: 'error-code-added', message })
      continue
    }
    const rest = now === undefined ? 'and has none now' : `and has \`${now}\` now`
    report({
      ...common,
      bump: 'major',
      id: now === undefined ? 'error-code-removed' : 'error-code-changed',
      message: `An error ${status} whose body names no code had \`${old}\` ${rest}: code that branches on it takes another way.`,
    })
  }
}

/** Sections of components whose parts are schemas, or are told with the operations that use them. */
const toldElsewhere = new Set(['schemas', 'securitySchemes', 'examples', 'links'])

/** Components besides schemas that both documents have and no operation uses; their types are exported all the same. */
const changesUnusedComponents: Rule<DocumentPair> = ({ before, after, spot }, comparison, report) => {
  const documents = [before, after]
  const used = new Set(documents.flatMap((one) => [...createReach(one)({ paths: one.paths, webhooks: one.webhooks })]))
  for (const [section, parts] of Object.entries(before.components ?? {})) {
    if (toldElsewhere.has(section)) continue
    for (const [name, was] of Object.entries(parts)) {
      const is = after.components?.[section]?.[name]
      if (is === undefined || used.has(`#/components/${section}/${name}`)) continue
      if (comparison.before.meaning(was) === comparison.after.meaning(is)) continue
      const message = `The component \`${name}\` of \`${section}\` changed; no operation uses it, but its type is exported.`
      report({
        bump: 'minor',
        id: 'unused-component-changed',
        direction: 'both',
        message,
        spot: { ...spot, below: `components.${section}.${name}` },
      })
    }
  }
}

/** What is said of the document as a whole: its info, tags and shared examples. */
const saysOtherwise: Rule<DocumentPair> = ({ before, after, direction, spot }, comparison, report) => {
  const [was, is] = [readSaid(before), readSaid(after)]
  if (comparison.before.words(was) === comparison.after.words(is)) return
  let isTold = false
  const tell: typeof report = (finding) => {
    isTold = true
    report({ ...finding, direction: 'both' })
  }
  changeWords({ before: was.info, after: is.info, direction, spot, subject: 'The document' }, tell)
  const tagsNow = new Map(is.tags.map((tag) => [tag.name, tag]))
  for (const { name, ...tag } of was.tags) {
    const now = tagsNow.get(name)
    if (now) changeWords({ before: tag, after: now, direction, spot, subject: `The tag \`${name}\`` }, tell)
  }
  if (isTold) return
  const message = 'Only words changed of what is said of the document as a whole: its info, tags, or shared examples.'
  tell({ bump: 'patch', id: wordsId, message })
}

function readSaid({ openapi, paths, webhooks, components = {}, 'x-error-codes': codes, ...rest }: OpenApiDocument) {
  const { info = {}, tags = [] } = rest as { info?: object; tags?: { name?: string }[] }
  return { ...rest, info, examples: components.examples, tags }
}

/** What differs in the documents besides their operations, webhooks and schemas. */
export const documentRules: readonly Rule<DocumentPair>[] = [
  namesServers,
  codesErrors,
  changesUnusedComponents,
  saysOtherwise,
]
