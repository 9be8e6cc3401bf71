import { describe, expect, it } from 'vitest'
import { rehearse } from './rehearse.ts'
import { createSteps, ensure, type Step } from './steps.ts'

describe('steps', () => {
  it('tell what came of them and give what they found', async () => {
    const told: Step[] = []
    const step = createSteps((one) => told.push(one))
    expect(
      await step(
        'count',
        async () => 3,
        (count) => `${count} packages`,
      ),
    ).toBe(3)
    expect(told).toEqual([{ name: 'count', outcome: '3 packages', milliseconds: expect.any(Number) }])
  })

  it('that fail are named, with what was expected and found, and are not told as done', async () => {
    const told: Step[] = []
    const step = createSteps((one) => told.push(one))
    const failing = step(
      'count',
      async () => ensure(false, 'there are three packages', ['one', 'two']),
      () => '',
    )
    await expect(failing).rejects.toMatchObject({
      name: 'StepError',
      step: 'count',
      message: 'Expected: there are three packages.\nFound: [\n  "one",\n  "two"\n]',
    })
    expect(told).toEqual([])
  })

  it('of a rehearsal that cannot be played name the first that failed', async () => {
    const told: string[] = []
    const rehearsal = rehearse({ root: '/', onStep: ({ name }) => told.push(name) })
    await expect(rehearsal).rejects.toMatchObject({ step: 'copy the working tree' })
    await expect(rehearsal).rejects.toThrow('not a git repository')
    expect(told).toEqual(['start a registry'])
  })
})
