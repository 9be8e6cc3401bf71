import { type OperationId, operations } from '@minimo/api-types'
import { schemas } from '@minimo/api-types/schemas'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { eventTypes } from '../src/index.ts'
import { brokenRequest } from './arbitrary-broken.ts'
import { operationIds, soundRequest } from './arbitrary-request.ts'
import { arbitraryWire } from './arbitrary-wire.ts'
import { conforms, createFuzz } from './fuzz.ts'

/** The same requests for the same seed; a failure tells it, and the smallest request that fails. */
const seed = Number(process.env.FUZZ_SEED ?? 20_250_601)

/** Those with a body more often: there is more to try, and they leave more behind. */
const perOperation = <T>(make: (id: OperationId) => fc.Arbitrary<T>) =>
  fc.oneof(...operationIds.map((id) => ({ weight: operations[id].method === 'GET' ? 1 : 3, arbitrary: make(id) })))

const sound = perOperation(soundRequest)
const broken = perOperation((id) => brokenRequest(id, conforms))
const mixed = fc.oneof({ weight: 4, arbitrary: sound }, { weight: 3, arbitrary: broken })

/** Sends so many requests, one after the other. */
function send<T>(requests: fc.Arbitrary<T>, numRuns: number, check: (request: T) => Promise<unknown>): Promise<void> {
  const property = fc.asyncProperty(requests, async (request) => {
    expect(await check(request)).toBeUndefined()
  })
  return fc.assert(property, { seed, numRuns })
}

vi.setConfig({ testTimeout: 120_000 })

it('20,000 requests, valid and broken, are answered as documented, and broken ones leave no trace', async () => {
  const { sandbox, statuses, inProcess, overSocket } = await createFuzz()
  await send(mixed, 16_000, inProcess)
  await send(arbitraryWire(mixed), 1_500, overSocket)

  const before = await sandbox.snapshot()
  await send(broken, 2_000, inProcess)
  await send(arbitraryWire(broken), 500, overSocket)
  expect(await sandbox.snapshot()).toEqual(before)

  // Else the requests would have become too simple to find anything.
  const unseen = operationIds.flatMap((id) =>
    Object.keys(schemas.operations[id].responses)
      .filter((status) => status !== '429' && !status.startsWith('5') && !statuses.get(id)?.has(Number(status)))
      .map((status) => `${id} documents ${status}, but no request led to it: let test/arbitrary-request.ts make some`),
  )
  expect(unseen).toEqual([])
  const events = await sandbox.events({ limit: 10_000 })
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(eventTypes))
})
