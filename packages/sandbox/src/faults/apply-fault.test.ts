import { type OperationId, operations } from '@minimo/api-types'
import { expect, test } from 'vitest'
import type { SandboxResponse } from '../exchange/exchange.ts'
import { applyFault } from './apply-fault.ts'
import type { Fault } from './fault.ts'

const answer: SandboxResponse = {
  status: 200,
  headers: { 'content-type': 'application/json', 'content-length': '18' },
  body: '{"id":42,"x":"è"}',
}

/** What the fault makes of the answer, and what happened on the way, in order. */
async function apply(fault: Fault, operation: OperationId = 'updateContactById') {
  const log: string[] = []
  const run = async () => {
    log.push('run')
    return answer
  }
  const sleep = async (milliseconds: number) => void log.push(`sleep ${milliseconds}`)
  return { ...(await applyFault(fault, operation, run, { sleep })), log }
}

test('a status is answered with the first example of the spec, and nothing runs', async () => {
  expect(await apply({ status: 404 })).toEqual({
    status: 404,
    headers: { 'content-type': 'application/json' },
    body: '{"message":"Contact not found"}',
    log: [],
  })
})

test('an example is chosen by its name', async () => {
  const { body } = await apply({ status: 422, example: 'invalidPhoneNumber' }, 'upsertContact')
  expect(body).toContain('invalid_phone_number')
})

test('an operation without the example answers with its own', async () => {
  const { body } = await apply({ status: 404, example: 'notFound' }, 'deleteContact')
  expect(body).toBe('{"message":"Contact not found"}')
})

test('an operation that documents no such status answers in the general form', async () => {
  const conflict = await apply({ status: 409 }, 'deleteContact')
  expect(JSON.parse(String(conflict.body)).error.code).toBe('duplicate_resource')
  const unavailable = await apply({ status: 503 })
  expect(unavailable.status).toBe(503)
  expect(JSON.parse(String(unavailable.body)).error.code).toBe('http_503')
})

test('a status without a body has none', async () => {
  expect(await apply({ status: 204 })).toEqual({ status: 204, headers: {}, log: [] })
})

test('latency comes first', async () => {
  expect((await apply({ latency: 30 })).log).toEqual(['sleep 30', 'run'])
})

test('with run and a status the operation runs, and its answer is replaced', async () => {
  expect(await apply({ status: 429, run: true, retryAfter: 2 })).toMatchObject({
    status: 429,
    headers: { 'retry-after': '2' },
    body: expect.stringContaining('rate_limit_exceeded'),
    log: ['run'],
  })
})

test('without run the answer is the example of success', async () => {
  expect(await apply({ run: false, body: 'truncated' })).toMatchObject({
    status: 200,
    body: '{"id":42,"phone"',
    log: [],
  })
})

test('a reset runs nothing unless it is told to', async () => {
  expect(await apply({ connection: 'reset' })).toMatchObject({ damage: 'reset', log: [] })
  expect(await apply({ connection: 'reset', run: true })).toMatchObject({ damage: 'reset', log: ['run'] })
})

test.each(['reset-body', 'stall'] as const)('%s runs and leaves the damage to the edge', async (connection) => {
  expect(await apply({ connection })).toMatchObject({ damage: connection, body: answer.body, log: ['run'] })
})

test('a truncated body has the length it says', async () => {
  const { headers, body } = await apply({ body: 'truncated' })
  expect(body).toBe('{"id":42')
  expect(headers).toMatchObject({ 'content-length': '8' })
})

test('invalid JSON and another content type replace what is there', async () => {
  const { headers, body } = await apply({ body: 'invalid-json', contentType: 'text/html' })
  expect(() => JSON.parse(String(body))).toThrow(SyntaxError)
  expect(headers).toEqual({ 'content-type': 'text/html', 'content-length': '8' })
})

test('every operation has an example of success', async () => {
  for (const operation of Object.keys(operations) as OperationId[]) {
    const { status } = await apply({ run: false, latency: 1 }, operation)
    expect([200, 201, 204]).toContain(status)
  }
})
