import { type Content, resolve } from '../../document.ts'
import type { Side } from '../pair-schemas.ts'
import { compareContent } from './content-facts.ts'
import type { Finding } from './finding.ts'
import type { MatchedOperation } from './match-operations.ts'
import { compareSchemas, type SchemaContext } from './schema-facts.ts'

/** Reports what differs between the responses of an operation: statuses, bodies and headers. */
export function compareResponses(context: SchemaContext, { before, after }: MatchedOperation): void {
  const { report } = context
  const [old, now] = [before.operation.responses ?? {}, after.operation.responses ?? {}]
  for (const location of [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()) {
    const [was, is] = [old[location], now[location]]
    if (was && is) {
      const responses = { was: resolve(context.before.document, was), is: resolve(context.after.document, is) }
      compareResponse(context, { ...responses, location })
    } else if (is) {
      report({ ...rateAdded(context, { old, is, location }), location })
    } else if (isSuccess(location)) {
      const message = 'The success status is gone: code that waits for it, or reads its body, no longer works.'
      report({ bump: 'major', id: 'success-status-removed', message, location })
    } else {
      report({ bump: 'minor', id: 'error-status-removed', message: 'The documented error is gone.', location })
    }
  }
}

/** Clients give the answer of any success, so one that is unlike all that there were reaches code that knows none. */
function rateAdded(
  { before, after }: SchemaContext,
  { old, is, location }: { old: Record<string, Content>; is: Content; location: string },
): Pick<Finding, 'bump' | 'id' | 'message'> {
  if (!isSuccess(location)) return { bump: 'minor', id: 'error-status-added', message: 'A new error status.' }
  const bodyOf = ({ document, part }: Side, response: Content) =>
    part(Object.entries(resolve(document, response).content ?? {}).map(([type, { schema }]) => [type, schema]))
  const known = Object.entries(old).filter(([status]) => isSuccess(status))
  const isKnown = known.length === 0 || known.some(([, was]) => bodyOf(before, was) === bodyOf(after, is))
  if (isKnown) return { bump: 'minor', id: 'success-status-added', message: 'A new success status.' }
  const message = 'A new success status, with an answer unlike the others: code that reads the answer gets another one.'
  return { bump: 'major', id: 'success-status-added', message }
}

const isSuccess = (status: string) => /^[123]/.test(status)

interface ResponsePair {
  was: Content
  is: Content
  location: string
}

function compareResponse(context: SchemaContext, { was, is, location }: ResponsePair): void {
  compareContent(context, { old: was.content ?? {}, now: is.content ?? {}, location })
  const [old, now] = [readHeaders(context.before, was), readHeaders(context.after, is)]
  for (const key of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [had, has] = [old.get(key), now.get(key)]
    const place = `${location}.headers.${(had ?? has)?.name}`
    compareHeader(context, { had, has, isSure: isSuccess(location), location: place })
  }
}

/** By their names in lower case: headers have no casing. */
const readHeaders = ({ document }: Side, { headers = {} }: Content) =>
  new Map(Object.entries(headers).map(([name, header]) => [name.toLowerCase(), { name, ...resolve(document, header) }]))

interface Header {
  schema?: unknown
  required?: boolean
}

interface HeaderChange {
  had: Header | undefined
  has: Header | undefined
  /** Whether code can rely on the response: an error may disappear as a whole. */
  isSure: boolean
  location: string
}

function compareHeader(context: SchemaContext, { had, has, isSure, location }: HeaderChange): void {
  const tell = (bump: 'major' | 'minor', id: string, message: string) => context.report({ bump, id, message, location })
  const lossBump = isSure && had?.required ? 'major' : 'minor'
  if (had && !has) tell(lossBump, 'header-removed', 'The header is gone: code that reads it finds none.')
  if (has && !had) tell('minor', 'header-added', 'A new header.')
  if (!had || !has) return
  if (had.required && !has.required) tell(lossBump, 'header-became-optional', 'The header may be missing now.')
  if (!had.required && has.required) tell('minor', 'header-became-required', 'The header is always there now.')
  if (isSure) compareSchemas(context, [had.schema ?? true, has.schema ?? true], location)
  else if (context.before.part(had.schema) !== context.after.part(has.schema)) {
    tell('minor', 'header-changed', 'The header of an error changed.')
  }
}
