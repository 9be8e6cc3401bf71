import { resolve } from '../../document.ts'
import type { Side } from '../pair-schemas.ts'
import type { SchemaView } from '../schema-view.ts'
import type { Finding } from './finding.ts'
import type { MatchedOperation } from './match-operations.ts'
import { walkPairs } from './walk-pairs.ts'

/** Both documents, and the enums in them whose types are open. */
export interface OpennessContext {
  before: Side
  after: Side
  /** Of the document before. */
  openEnums: ReadonlySet<object>
  /** Of the document after. */
  openEnumsNow: ReadonlySet<object>
}

/**
 * The enums of answers whose type was open and is closed, or the other way round. That depends on whether a request
 * holds the enum as well, so an answer that says the same as before can have another type.
 */
export function findTurnedEnums(context: OpennessContext, match: MatchedOperation): Finding[] {
  const { before, after, openEnums, openEnumsNow } = context
  const findings: Finding[] = []
  const [old, now] = [contentsOf(before, match.before), contentsOf(after, match.after)]
  for (const [place, { status, schema }] of old) {
    walkPairs(
      {
        ...{ before, after },
        visit: ({ views: [was, is], location }) => {
          if (!isList(was) || !isList(is)) return
          const [wasOpen, isOpen] = [isIn(openEnums, was), isIn(openEnumsNow, is)]
          if (wasOpen !== isOpen) findings.push({ ...tell(isOpen), operationId: match.before.id, location })
        },
      },
      [schema, now.get(place)?.schema],
      status,
    )
  }
  return findings
}

function tell(isOpen: boolean): Pick<Finding, 'bump' | 'id' | 'message' | 'direction'> {
  return isOpen
    ? {
        bump: 'major',
        id: 'enum-opened',
        direction: 'response',
        message:
          'Its type is open now, for no request takes this list: code that handles every value no longer compiles.',
      }
    : {
        bump: 'minor',
        id: 'enum-closed',
        direction: 'response',
        message: 'Its type is closed now, for a request takes this list as well; code that reads it still compiles.',
      }
}

const isIn = (open: ReadonlySet<object>, { sources }: SchemaView) => sources.some((source) => open.has(source))
/** One value tells alternatives apart, and is never open. */
const isList = ({ keywords }: SchemaView) => Array.isArray(keywords.enum) && keywords.enum.length > 1

function contentsOf({ document }: Side, { operation }: MatchedOperation['before']) {
  const contents = new Map<string, { status: string; schema: unknown }>()
  for (const [status, response] of Object.entries(operation.responses ?? {})) {
    for (const [type, { schema }] of Object.entries(resolve(document, response).content ?? {})) {
      contents.set(`${status} ${type}`, { status, schema })
    }
  }
  return contents
}
