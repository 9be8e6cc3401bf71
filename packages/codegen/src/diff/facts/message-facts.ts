import { resolve } from '../../document.ts'
import type { Side } from '../pair-schemas.ts'
import { compareContent, compareNeed } from './content-facts.ts'
import type { Finding } from './finding.ts'
import type { MatchedOperation } from './match-operations.ts'
import { compareParameters } from './parameter-facts.ts'
import { compareResponses } from './response-facts.ts'
import type { SchemaContext } from './schema-facts.ts'

/** What differs between what callers send, and get, of an operation. */
export function findMessageFacts(
  context: Pick<SchemaContext, 'before' | 'after' | 'openEnums'>,
  match: MatchedOperation,
): Finding[] {
  const facts: Finding[] = []
  const schemaContext = (direction: 'request' | 'response'): SchemaContext => ({
    ...context,
    direction,
    seen: new Map(),
    report: (fact) => facts.push({ ...fact, direction, operationId: match.before.id }),
  })
  compareParameters(schemaContext('request'), match)
  compareRequestBody(schemaContext('request'), match)
  compareResponses(schemaContext('response'), match)
  return facts
}

function compareRequestBody(context: SchemaContext, match: MatchedOperation): void {
  const { report } = context
  const location = 'body'
  const [old, now] = [read(context.before, match.before), read(context.after, match.after)]
  if (old && now) {
    compareNeed(context, { was: old.required, is: now.required, location })
    compareContent(context, { old: old.content ?? {}, now: now.content ?? {}, location })
  } else if (old) {
    const message = 'It is gone. Code that sends a body no longer compiles.'
    report({ bump: 'major', id: 'body-removed', message, location })
  } else if (now?.required) {
    const message = 'New, and has to be sent: calls without a body are refused.'
    report({ bump: 'major', id: 'required-body-added', message, location })
  } else if (now) {
    report({ bump: 'minor', id: 'body-added', message: 'New; code that sends none is unchanged.', location })
  }
}

const read = ({ document }: Side, { operation }: MatchedOperation['before']) =>
  operation.requestBody && resolve(document, operation.requestBody)
