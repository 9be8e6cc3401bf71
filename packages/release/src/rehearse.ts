import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstVersion, releaseFirst } from './first-release.ts'
import { createProject, keepVersion, tryBreak, tryVersion } from './partner.ts'
import { startRegistry } from './registry.ts'
import { refuseUnchanged, rehearseSnapshot } from './rehearse-snapshot.ts'
import { proposeEdit, releaseEdit } from './release-edit.ts'
import { specEdits } from './spec-edits.ts'
import type { Stage } from './stage.ts'
import { createSteps, type Step } from './steps.ts'
import { copyWorkingTree } from './workspace-copy.ts'

/** What to rehearse with. */
export interface RehearsalOptions {
  /** The root of the workspace; it is copied, and nothing in it changes. */
  root: string
  /** Is told of every step that came to its end. */
  onStep: (step: Step) => void
  cancelSignal?: AbortSignal
}

/** Code of a partner that needs what the minor edit brings. */
const later = 'reply-to.ts'

/**
 * Releases the workspace, then a patch, a minor and a major edit of its spec, with the commands that releases are made
 * with, to a real registry on this machine, and has partners' projects install each. Rejects with `StepError` at the
 * first thing that is not as it must be. Leaves nothing behind, whatever comes of it.
 */
export async function rehearse({ root, onStep, ...options }: RehearsalOptions): Promise<void> {
  const step = createSteps(onStep)
  const folder = await mkdtemp(join(tmpdir(), 'minimo-rehearsal-'))
  try {
    const registry = await step(
      'start a registry',
      () => startRegistry(join(folder, 'registry')),
      ({ url }) => url,
    )
    try {
      const copy = { from: root, to: join(folder, 'workspace'), registry: registry.url, ...options }
      const workspace = await step(
        'copy the working tree',
        () => copyWorkingTree(copy),
        () => 'installed',
      )
      await play({ workspace, registry, folder, step, ...options })
    } finally {
      await registry.close()
    }
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

async function play(stage: Stage): Promise<void> {
  const { patch, minor, major } = specEdits
  await releaseFirst(stage)
  const consumer = await createProject(stage, '1.0.0', '^1.0.0')
  await tryVersion(stage, { name: '1.0.0: the project is tried', consumer, version: firstVersion })
  const caret = { consumer, prepare: () => consumer.update() }

  await proposeEdit(stage, patch)
  const patched = await releaseEdit(stage, patch)
  await tryVersion(stage, { ...caret, name: 'patch: the partner updates', version: patch.version, carries: patched })
  await refuseUnchanged(stage, patch.version)

  await proposeEdit(stage, minor)
  await rehearseSnapshot(stage, later)
  const added = await releaseEdit(stage, minor)
  await consumer.adopt(later)
  await tryVersion(stage, {
    ...caret,
    name: 'minor: the partner updates, and uses it',
    version: minor.version,
    carries: added,
  })

  await proposeEdit(stage, major)
  const broken = await releaseEdit(stage, major)
  await keepVersion(stage, { ...caret, name: 'major: the partner updates', version: minor.version, carries: added })
  const next = await createProject(stage, 'major', `^${major.version}`)
  await tryBreak(stage, {
    name: 'major: the project is tried',
    consumer: next,
    version: major.version,
    carries: broken,
  })
}
