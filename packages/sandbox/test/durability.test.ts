import { expect, it } from 'vitest'
import { createFileLocation } from './databases.ts'
import { runKillRounds } from './kill-rounds.ts'

it('what was acknowledged outlives SIGKILL: every write, its event once, and its webhook', async () => {
  const { acknowledged, lost, eventsMissing, webhooksMissing } = await runKillRounds({
    rounds: 3,
    database: await createFileLocation(),
  })
  expect(acknowledged).toBeGreaterThan(0)
  expect({ lost, eventsMissing, webhooksMissing }).toEqual({ lost: 0, eventsMissing: 0, webhooksMissing: 0 })
})
