import type { OperationId } from '@minimo/api-types'
import { expect, test } from 'vitest'
import { createFaults } from './create-faults.ts'
import type { FaultRule, Faults } from './fault.ts'

const slow = { latency: 5 }
const limited = { status: 429 }

function hits(faults: Faults, calls: number, operation: OperationId = 'sendEmail'): number[] {
  const numbers = Array.from({ length: calls }, (_, call) => call + 1)
  return numbers.filter(() => faults.next(operation) !== undefined)
}

test('a rule without conditions befalls every call', () => {
  const faults = createFaults([{ fault: slow }])
  expect(faults.next('sendEmail')).toEqual(slow)
  expect(faults.next('deleteContact')).toEqual(slow)
})

test('a rule befalls and counts only calls of its operation', () => {
  const faults = createFaults([{ fault: limited, operation: 'sendEmail', nth: 2 }])
  expect(hits(faults, 3, 'deleteContact')).toEqual([])
  expect(hits(faults, 4)).toEqual([2])
  expect(faults.list()).toMatchObject([{ id: 1, seen: 4, hit: 1 }])
})

test('nth can name several calls', () => {
  expect(hits(createFaults([{ fault: limited, nth: [1, 3] }]), 5)).toEqual([1, 3])
})

test('the same seed chooses the same calls, about as many as the probability says', () => {
  const rule: FaultRule = { fault: limited, probability: 0.3, seed: 4 }
  const chosen = hits(createFaults([rule]), 1000)
  expect(chosen).toEqual(hits(createFaults([rule]), 1000))
  expect(chosen).not.toEqual(hits(createFaults([{ ...rule, seed: 5 }]), 1000))
  expect(Math.abs(chosen.length - 300)).toBeLessThan(60)
})

test('probability 0 befalls nothing, 1 everything', () => {
  expect(hits(createFaults([{ fault: limited, probability: 0 }]), 50)).toEqual([])
  expect(hits(createFaults([{ fault: limited, probability: 1 }]), 50)).toHaveLength(50)
})

test('the first rule that hits wins, and the others count the call', () => {
  const faults = createFaults([{ fault: slow, nth: 1 }, { fault: limited }])
  expect([faults.next('sendEmail'), faults.next('sendEmail')]).toEqual([slow, limited])
  expect(faults.list()).toMatchObject([
    { seen: 2, hit: 1 },
    { seen: 2, hit: 1 },
  ])
})

test('rules are removed one by one or all together', () => {
  const faults = createFaults([])
  const { id } = faults.add({ fault: slow })
  faults.add({ fault: limited })
  expect(faults.remove(id)).toBe(true)
  expect(faults.remove(id)).toBe(false)
  expect(faults.list()).toMatchObject([{ fault: limited }])
  expect(faults.remove()).toBe(true)
  expect(faults.remove()).toBe(false)
  expect(faults.next('sendEmail')).toBeUndefined()
})

test('reset leaves the initial rules, with nothing seen', () => {
  const faults = createFaults([{ fault: limited, nth: 1 }])
  faults.add({ fault: slow })
  expect(hits(faults, 2)).toEqual([1, 2])
  faults.reset()
  expect(faults.list()).toEqual([{ id: 1, fault: limited, nth: 1, seen: 0, hit: 0 }])
  expect(hits(faults, 2)).toEqual([1])
})

test('what a caller does to a rule it was given changes nothing', () => {
  const faults = createFaults([{ fault: limited }])
  const [rule] = faults.list()
  if (rule) rule.fault.status = 500
  expect(faults.list()).toMatchObject([{ fault: limited }])
})

test('an initial rule that is not valid is refused', () => {
  expect(() => createFaults([{ fault: { status: 9 } }])).toThrow('rule.fault.status')
})
