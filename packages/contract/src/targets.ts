import { openLive } from './live.ts'
import { startMock } from './mock.ts'
import { startSandbox, startSandboxBehindPrism } from './sandbox-targets.ts'
import type { Target } from './target.ts'

const live = openLive()

/** Every target that cases run on, by name; the real API only with a key in the environment. */
export const targets: [name: Target['name'], start: () => Promise<Target>][] = [
  ['mock', startMock],
  ['sandbox', startSandbox],
  ['sandbox-behind-prism', startSandboxBehindPrism],
  ...(live ? [['live', async () => live] satisfies [Target['name'], () => Promise<Target>]] : []),
]

/** The targets that remember what they are told. */
export const statefulTargets = targets.filter(([name]) => name !== 'mock')
