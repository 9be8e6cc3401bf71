import { getEventListeners } from 'node:events'
import { expect, it } from 'vitest'
import { createFollower } from './follow-signal.ts'

it('R8: a thousand that follow one signal put one listener on it, and none once all are released', () => {
  const leader = new AbortController()
  const follow = createFollower()
  const followed = Array.from({ length: 1000 }, () => follow(leader.signal))
  expect(getEventListeners(leader.signal, 'abort')).toHaveLength(1)
  for (const { release } of followed) release()
  expect(getEventListeners(leader.signal, 'abort')).toHaveLength(0)
  const { signal } = follow(leader.signal)
  leader.abort('enough')
  expect(signal).toMatchObject({ aborted: true, reason: 'enough' })
})

it('R7: all that follow abort with the reason of the signal, and those that were released do not', () => {
  const leader = new AbortController()
  const follow = createFollower()
  const [first, second, released] = [follow(leader.signal), follow(leader.signal), follow(leader.signal)]
  released.release()
  const reason = new Error('enough')
  leader.abort(reason)
  expect([first, second].map(({ signal }) => signal.reason)).toEqual([reason, reason])
  expect(released.signal.aborted).toBe(false)
})

it('R7: what follows an aborted signal is aborted', () => {
  expect(createFollower()(AbortSignal.abort('early')).signal).toMatchObject({ aborted: true, reason: 'early' })
})
