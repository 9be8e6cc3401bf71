import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FirstRelease, releaseFirst } from './first-release.ts'
import { createProject, type Trial, tryBreak, tryVersion } from './partner.ts'
import { startRegistry } from './registry.ts'
import { refuseUnchanged, rehearseSnapshot, type SnapshotRehearsal } from './rehearse-snapshot.ts'
import { type ProposedEdit, proposeEdit, type ReleasedEdit, releaseEdit } from './release-edit.ts'
import { type SpecEdits, specEdits } from './spec-edits.ts'
import type { Stage } from './stage.ts'
import { createSteps, type Step } from './steps.ts'
import { copyWorkingTree } from './workspace-copy.ts'

/** An edit of the spec that was released, and how a partner's project fared with it that allows ^1.0.0. */
export interface EditRehearsal extends ProposedEdit, ReleasedEdit {
  caret: Trial
}

/** Everything that a rehearsal did and found. */
export interface Rehearsal {
  steps: readonly Step[]
  first: FirstRelease & { caret: Trial }
  patch: EditRehearsal
  /** What was said to a snapshot of a spec that has not changed. */
  unchanged: string
  snapshot: SnapshotRehearsal
  /** `needing` is the project once its code needs what is new. */
  minor: EditRehearsal & { needing: Trial }
  /** `next` is a project that asks for ^2.0.0, with the code that the other began with. */
  major: EditRehearsal & { next: Trial }
}

/** What to rehearse with. */
export interface RehearsalOptions {
  /** The root of the workspace; it is copied, and nothing in it changes. */
  root: string
  /** Is told of every step that came to its end. */
  onStep?: (step: Step) => void
  signal?: AbortSignal | undefined
}

/** Code of a partner that needs what the minor edit brings. */
const later = 'reply-to.ts'

/**
 * Releases the workspace, then a patch, a minor and a major edit of its spec, with the commands that releases are made
 * with, to a real registry on this machine, and has partners' projects install each. Rejects with `StepError` at the
 * first thing that is not as it must be. Leaves nothing behind, whatever comes of it.
 */
export async function rehearse({ root, onStep, signal }: RehearsalOptions): Promise<Rehearsal> {
  const steps: Step[] = []
  const step = createSteps((done) => {
    steps.push(done)
    onStep?.(done)
  })
  const folder = await mkdtemp(join(tmpdir(), 'minimo-rehearsal-'))
  try {
    const registry = await step(
      'start a registry',
      () => startRegistry(join(folder, 'registry')),
      ({ url }) => url,
    )
    try {
      const copy = { from: root, to: join(folder, 'workspace'), registry: registry.url, signal }
      const workspace = await step(
        'copy the working tree',
        () => copyWorkingTree(copy),
        () => 'installed',
      )
      return { steps, ...(await play({ workspace, registry, folder, step, signal }, specEdits)) }
    } finally {
      await registry.close()
    }
  } finally {
    // Programs that were interrupted may write a last file.
    await rm(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

async function play(stage: Stage, edits: SpecEdits): Promise<Omit<Rehearsal, 'steps'>> {
  const first = await releaseFirst(stage)
  const consumer = await createProject(stage, 'caret', '^1.0.0')
  const prepare = async () => {
    await consumer.update()
    return consumer
  }
  const installed = await tryVersion(stage, {
    name: '1.0.0: a partner installs ^1.0.0',
    version: first.version,
    prepare,
  })

  const patch = { ...(await proposeEdit(stage, edits.patch)), ...(await releaseEdit(stage, edits.patch)) }
  const patched = await tryVersion(stage, { name: 'patch: the partner updates', ...patch, released: patch, prepare })
  const unchanged = await refuseUnchanged(stage)

  const proposal = await proposeEdit(stage, edits.minor)
  const snapshot = await rehearseSnapshot(stage, later)
  const minor = { ...proposal, ...(await releaseEdit(stage, edits.minor)) }
  const updated = await tryVersion(stage, { name: 'minor: the partner updates', ...minor, released: minor, prepare })
  await consumer.adopt(later)
  const needing = await tryVersion(stage, { name: 'minor: … and uses what is new', version: minor.version, prepare })

  const major = { ...(await proposeEdit(stage, edits.major)), ...(await releaseEdit(stage, edits.major)) }
  const kept = await tryVersion(stage, { name: 'major: the partner updates', version: minor.version, prepare })
  const next = await tryBreak(stage, edits.major, major)
  return {
    first: { ...first, caret: installed },
    patch: { ...patch, caret: patched },
    unchanged,
    snapshot,
    minor: { ...minor, caret: updated, needing },
    major: { ...major, caret: kept, next },
  }
}
