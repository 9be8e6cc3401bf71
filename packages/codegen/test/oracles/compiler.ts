import ts from 'typescript'
import { listOperations, methods, type OpenApiDocument } from '../../src/spec/document.ts'
import type { Opinion, Oracle } from './opinion.ts'
import { listReferences } from './sites.ts'
import { createFlow, type Direction, type Flow } from './type-flow.ts'
import { createTypes, propertiesOf, type Types } from './type-program.ts'

/**
 * What TypeScript's compiler says no to, by the types that are generated from each document: whether a request of old is
 * still taken, and whether code that was written against an old answer still reads the new one.
 */
export const askCompiler: Oracle = (pair) => {
  const { checker, before, after } = createTypes(pair)
  const flow = createFlow(checker)
  const opinions: Opinion[] = []
  const say = (operationIds: string[], id: string, about: string) =>
    opinions.push({ bump: 'major', id, operationIds, about })
  for (const { id, path, method } of listOperations(pair.before)) {
    const [old, now] = [before.operations.get(id), after.operations.get(id)]
    if (!old || !now) say([id], 'operation gone', id)
    else for (const place of findBreaks({ checker, flow }, old, now)) say([id], place, id)
    if (!propertiesOf(checker, after.paths.get(path)).has(method)) say([id], 'path gone', id)
  }
  for (const [name, old] of listWebhookTypes(checker, before)) {
    const now = listWebhookTypes(checker, after).get(name)
    if (!now) say([], 'webhook gone', name)
    else for (const place of findBreaks({ checker, flow: turned(flow) }, old, now)) say([], place, name)
  }
  const unreached = new Set(listUnreached(pair.after))
  for (const name of before.schemas.keys()) if (!after.schemas.has(name)) say([], 'schema gone', name)
  for (const name of listUnreached(pair.before).filter((one) => unreached.has(one))) {
    const [old, now] = [before.schemas.get(name), after.schemas.get(name)]
    // Nobody knows whether people send or read it.
    if (old && now && !(flow('request', old, now) && flow('response', old, now))) say([], 'unused schema', name)
  }
  return opinions
}

interface Context {
  checker: ts.TypeChecker
  flow: Flow
}

/** The API's users read what a webhook sends, and send what it reads. */
const turned =
  (flow: Flow): Flow =>
  (direction, old, now) =>
    flow(direction === 'request' ? 'response' : 'request', old, now)

function listWebhookTypes(checker: ts.TypeChecker, { webhooks }: Types): Map<string, ts.Type> {
  return new Map(
    [...webhooks].flatMap(([name, item]) =>
      [...propertiesOf(checker, item)]
        .filter(([method]) => methods.some((one) => one === method))
        .map(([method, type]) => [`${name} ${method}`, type] as const),
    ),
  )
}

/** The places of an operation where old code does not fit the new types. */
function findBreaks({ checker, flow }: Context, old: ts.Type, now: ts.Type): string[] {
  const [was, is] = [propertiesOf(checker, old), propertiesOf(checker, now)]
  const [parameters, newParameters] = [was.get('parameters'), is.get('parameters')]
  const context = { checker, flow }
  return [
    ...(parameters && newParameters && !flow('request', parameters, newParameters) ? ['parameters'] : []),
    ...(isBodyTaken(context, old, now) ? [] : ['body']),
    ...findResponseBreaks(context, was.get('responses'), is.get('responses')),
  ]
}

function isBodyTaken({ checker, flow }: Context, old: ts.Type, now: ts.Type): boolean {
  const [was, is] = [old, now].map((type) => propertiesOf(checker, type).get('requestBody'))
  const isNeeded = (type: ts.Type) => {
    const symbol = checker.getPropertyOfType(type, 'requestBody')
    return symbol !== undefined && (symbol.flags & ts.SymbolFlags.Optional) === 0
  }
  if (is && isNeeded(now) && !isNeeded(old)) return false
  return was === undefined || (is !== undefined && isContentKept({ checker, flow }, 'request', was, is))
}

/** Whether each media type there was is left, and its values flow. */
function isContentKept({ checker, flow }: Context, direction: Direction, old: ts.Type, now: ts.Type): boolean {
  const [was, is] = [old, now].map((type) => propertiesOf(checker, propertiesOf(checker, type).get('content')))
  return [...(was ?? [])].every(([mediaType, type]) => {
    const other = is?.get(mediaType)
    return other !== undefined && flow(direction, type, other)
  })
}

function findResponseBreaks(context: Context, old: ts.Type | undefined, now: ts.Type | undefined): string[] {
  const { checker, flow } = context
  const [was, is] = [propertiesOf(checker, old), propertiesOf(checker, now)]
  const isSuccess = (status: string) =>
    /^[123]/.test(status) || (status === 'default' && ![...was.keys()].some((one) => /^[123]/.test(one)))
  const successes = [...was].filter(([status]) => isSuccess(status)).map(([, type]) => type)
  const kept = [...was].filter(([status, type]) => {
    const other = is.get(status)
    if (!other) return isSuccess(status)
    if (!isContentKept(context, 'response', type, other)) return true
    // Whatever is on the way may answer an error, so code cannot rely on its headers.
    const [headers, newHeaders] = [type, other].map((one) => propertiesOf(checker, one).get('headers'))
    return isSuccess(status) && headers && newHeaders && !checker.isTypeAssignableTo(newHeaders, headers)
  })
  const added = [...is].filter(
    ([status, type]) =>
      !was.has(status) &&
      isSuccess(status) &&
      successes.length > 0 &&
      !successes.some((one) => isAnswerKnown({ checker, flow }, one, type)),
  )
  return [...kept, ...added].map(([status]) => status)
}

/** Whether code that takes one answer can take another: all that it may hold, the one may hold. */
function isAnswerKnown({ checker, flow }: Context, known: ts.Type, answer: ts.Type): boolean {
  const [was, is] = [known, answer].map((type) => propertiesOf(checker, propertiesOf(checker, type).get('content')))
  if (!was || !is || (was.size === 0) !== (is.size === 0)) return false
  return [...is.values()].every((type) => [...was.values()].some((one) => flow('response', one, type)))
}

function listUnreached({ components, ...document }: OpenApiDocument): string[] {
  const reached = new Set<string>()
  const next: unknown[] = [document]
  while (next.length > 0) {
    for (const { $ref } of listReferences(next.pop())) {
      const [, , section = '', name = ''] = $ref.split('/')
      if (!reached.has($ref)) next.push(components?.[section]?.[name])
      reached.add($ref)
    }
  }
  return Object.keys(components?.schemas ?? {}).filter((name) => !reached.has(`#/components/schemas/${name}`))
}
