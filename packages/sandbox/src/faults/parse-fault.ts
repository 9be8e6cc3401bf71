import { type OperationId, operations } from '@minimo/api-types'
import { type OperationSchema, schemas } from '@minimo/api-types/schemas'
import { Refusal } from '../exchange/refusal.ts'
import {
  integer,
  isKeyOf,
  oneOf,
  type Parse,
  parseObject,
  refuse,
  type Shape,
  text,
  truth,
} from '../validation/parse-object.ts'
import type { Fault, FaultRule } from './fault.ts'

/** The longest latency, in milliseconds: ten minutes. */
const maxLatency = 600_000

const retryAfter: Parse<number | string> = (value, name) => {
  if (typeof value === 'number') return integer()(value, name)
  // Only the form that HTTP prescribes: Date would take far more for a date.
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value)) && new Date(value).toUTCString() === value) {
    return value
  }
  return refuse(value, name, 'seconds or a date such as "Wed, 21 Oct 2026 07:28:00 GMT"')
}

const nth: Parse<number | number[]> = (value, name) => {
  const positive = integer(1)
  if (!Array.isArray(value)) return positive(value, name)
  if (value.length === 0)
    throw new Refusal(422, `${name}: expected an integer from 1 or a list of them, found no number`)
  return value.map((one, index) => positive(one, `${name}[${index}]`))
}

const probability: Parse<number> = (value, name) =>
  typeof value === 'number' && value >= 0 && value <= 1 ? value : refuse(value, name, 'a number from 0 to 1')

/** Takes a value for an operation of the documented API. */
export const parseOperation: Parse<OperationId> = (value, name) =>
  isOperation(value) ? value : refuse(value, name, `an operation of the API: ${Object.keys(operations).join(', ')}`)

function isOperation(value: unknown): value is OperationId {
  return typeof value === 'string' && isKeyOf(operations, value)
}

/** The parts of a fault, each with its parser. */
export const faultShape: Shape<Fault> = {
  fields: {
    status: integer(200, 599),
    example: text(),
    retryAfter,
    latency: integer(0, maxLatency),
    connection: oneOf(['reset', 'reset-body', 'stall']),
    body: oneOf(['truncated', 'invalid-json']),
    contentType: text(/^[\x21-\x7e]([\x20-\x7e]*[\x21-\x7e])?$/, 'a content type such as text/html'),
    run: truth,
  },
}

const ruleShape: Shape<FaultRule> = {
  fields: {
    fault: (value, name) => parseObject(value, faultShape, name),
    operation: parseOperation,
    nth,
    probability,
    seed: integer(),
  },
  required: ['fault'],
}

/**
 * Takes a value for a fault rule. Throws a `Refusal` with status 422 that names the part and what was expected, also
 * where the rule's operation documents no such status or example. Any operation may answer 429 and 5xx.
 */
export function parseFaultRule(value: unknown): FaultRule {
  const rule = parseObject(value, ruleShape, 'rule')
  if (rule.operation !== undefined && rule.fault.status !== undefined) checkStatus(rule.fault.status, rule.operation)
  checkFault(rule.fault, rule.operation)
  return rule
}

function checkStatus(status: number, operation: OperationId): void {
  const { responses } = schemas.operations[operation]
  // Gateways answer these, whatever is behind them.
  if (status === 429 || status >= 500 || isKeyOf(responses, status)) return
  const documented = Object.keys(responses).join(', ')
  const advice = 'any operation may have 429 and 5xx; a rule without an operation, or a header, may have any status'
  throw new Refusal(422, `fault.status: ${operation} documents ${documented}, not ${status}; ${advice}`)
}

/** Throws a `Refusal` for a fault that says nothing, or an example that the spec (of the operation) does not have. */
export function checkFault({ status, example, ...rest }: Fault, operation?: OperationId): void {
  if (status === undefined && example === undefined && Object.keys(rest).length === 0) {
    throw new Refusal(422, `fault: expected at least one of ${Object.keys(faultShape.fields).join(', ')}, found none`)
  }
  if (example !== undefined) checkExample({ status, example, operation })
}

interface NamedExample {
  status: number | undefined
  example: string
  operation: OperationId | undefined
}

function checkExample({ status, example, operation }: NamedExample): void {
  if (status === undefined) throw new Refusal(422, 'fault.example: expected a status beside it, found none')
  const candidates = operation ? [schemas.operations[operation]] : Object.values(schemas.operations)
  const names = new Set(candidates.flatMap((candidate) => Object.keys(documentedExamples(candidate, status))))
  if (names.has(example)) return
  const expected = names.size > 0 ? `one of ${[...names].join(', ')}` : 'none'
  const whose = operation ? ` of ${operation}` : ''
  throw new Refusal(422, `fault.example: the spec's examples of status ${status}${whose} are ${expected}`)
}

/** The named examples that the spec has of an operation's answer with this status. */
export function documentedExamples(operation: OperationSchema, status: number): { readonly [name: string]: unknown } {
  const [content] = Object.values(operation.responses[status] ?? {})
  return content?.examples ?? {}
}
