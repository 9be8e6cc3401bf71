import { listParameters, resolve } from '../../document.ts'
import type { Side } from '../pair-schemas.ts'
import { isRecord } from '../shape.ts'
import type { Finding } from './finding.ts'
import { type MatchedOperation, renamedPathParameters } from './match-operations.ts'
import { walkPairs } from './walk-pairs.ts'

/** What differs in the codes of the errors that single values of a request lead to. */
export function findValueCodes({ before, after }: { before: Side; after: Side }, match: MatchedOperation): Finding[] {
  const findings: Finding[] = []
  const report = ([was, is]: [unknown, unknown], location: string) => {
    if (was !== is) findings.push({ ...judge(was, is), direction: 'both', operationId: match.before.id, location })
  }
  const [old, now] = [valuesOf(before, match.before), valuesOf(after, match.after)]
  const renamed = renamedPathParameters(match)
  for (const [key, { location, code, schema }] of old) {
    const other = now.get(key) ?? now.get(`path.${renamed.get(location.slice('path.'.length))}`)
    if (!other) continue
    walkPairs(
      {
        ...{ before, after },
        visit: ({ schemas, views, location: place }) => {
          const [was, is] = views.map(({ sources }, index) => codeOf([schemas[index], ...sources]))
          // A parameter's own code wins over that of its schema.
          report(place === location ? [code ?? was, other.code ?? is] : [was, is], place)
        },
      },
      [schema, other.schema],
      location,
    )
  }
  return findings
}

function judge(was: unknown, is: unknown): Pick<Finding, 'bump' | 'id' | 'message'> {
  if (was === undefined) {
    return {
      bump: 'minor',
      id: 'error-code-added',
      message: `Where it is not valid, the error has the code \`${is}\` now.`,
    }
  }
  const id = is === undefined ? 'error-code-removed' : 'error-code-changed'
  const rest = is === undefined ? 'has none of its own now' : `has \`${is}\` now`
  const message = `Where it is not valid, the error had the code \`${was}\` and ${rest}: code that branches on \`${was}\` takes another way.`
  return { bump: 'major', id, message }
}

const codeOf = (schemas: readonly unknown[]): unknown =>
  schemas.flatMap((schema) => (isRecord(schema) ? [schema['x-error-code']] : [])).find((code) => code !== undefined)

interface Value {
  location: string
  code?: unknown
  schema: unknown
}

function valuesOf({ document }: Side, entry: MatchedOperation['before']): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>()
  for (const { in: place, name, schema = {}, 'x-error-code': code } of listParameters(document, entry)) {
    values.set(`${place}.${name}`, { location: `${place}.${name}`, code, schema })
  }
  const { requestBody } = entry.operation
  for (const [type, { schema = {} }] of Object.entries((requestBody && resolve(document, requestBody).content) ?? {})) {
    values.set(`body ${type}`, { location: 'body', schema })
  }
  return values
}
