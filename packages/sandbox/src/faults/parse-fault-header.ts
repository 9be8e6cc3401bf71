import type { OperationId } from '@minimo/api-types'
import { Refusal } from '../exchange/refusal.ts'
import { fromText, isKeyOf, parseObject, type Shape, text, unknownName } from '../validation/parse-object.ts'
import type { Fault } from './fault.ts'
import { checkFault, faultShape } from './parse-fault.ts'

/** The request header that holds a fault for this one call, by its lower-case name. */
export const faultHeader = 'sandbox-fault'

const parts = {
  status: 'status',
  example: 'example',
  'retry-after': 'retryAfter',
  latency: 'latency',
  connection: 'connection',
  body: 'body',
  'content-type': 'contentType',
  run: 'run',
} as const satisfies Record<string, keyof Fault>

const { fields } = faultShape

const headerShape: Shape<Fault> = {
  fields: {
    ...fields,
    status: fromText(fields.status),
    retryAfter: fromText(fields.retryAfter),
    latency: fromText(fields.latency),
    run: fromText(fields.run),
  },
}

/**
 * The fault of a header such as `status=429; retry-after=2; latency=200`. A value has no `;` and is not quoted.
 * Throws a `Refusal` with status 422 that names the part and what was expected, also where the operation that is called
 * has no such example. Any status will do.
 */
export function parseFaultHeader(value: string, operation: OperationId): Fault {
  const given = new Map<string, string>()
  for (const part of value.split(';')) {
    if (part.trim() === '') continue
    const [, name = '', content = ''] = /^([^=]*)(?:=(.*))?$/s.exec(part)?.map((group) => group?.trim()) ?? []
    if (!isKeyOf(parts, name)) throw new Refusal(422, `${faultHeader}: ${unknownName(name, Object.keys(parts))}`)
    if (given.has(parts[name])) throw new Refusal(422, `${faultHeader}: ${name} is there twice; say it once`)
    given.set(parts[name], text()(content, `${faultHeader}: ${name}`))
  }
  const fault = parseObject(Object.fromEntries(given), headerShape, faultHeader)
  checkFault(fault, operation)
  return fault
}
