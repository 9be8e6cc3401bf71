import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { rehearse } from './rehearse.ts'
import type { Step } from './steps.ts'
import { openWorkspace } from './workspace-copy.ts'

const { folder: root, git } = openWorkspace(fileURLToPath(new URL('../../..', import.meta.url)))

// The steps judge; here is what no step can tell.
describe('a release rehearsal', () => {
  const steps: Step[] = []
  const readRepository = () => Promise.all([git('tag'), git('worktree', 'list'), git('status', '--porcelain')])
  let before: string[]

  beforeAll(async () => {
    before = await readRepository()
    await rehearse({ root, onStep: (step) => steps.push(step) })
  }, 1_800_000)

  it('tells every step in order, with what came of it and how long it took', () => {
    const parts = steps.map(({ name }) => name.split(':')[0])
    const starts = ['start a registry', 'copy the working tree', '1.0.0', 'patch', 'snapshot', 'minor', 'snapshot']
    expect(parts.filter((part, index) => part !== parts[index - 1])).toEqual([...starts, 'minor', 'major'])
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length)
    expect(steps.filter(({ outcome, milliseconds }) => outcome === '' || !(milliseconds > 0))).toEqual([])
  })

  it('changes nothing in the repository that it copies', async () => {
    expect(await readRepository()).toEqual(before)
  })
})
