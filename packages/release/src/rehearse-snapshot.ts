import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CompileError, Consumer } from './consumer.ts'
import { createProject, type Trial, tryVersion } from './partner.ts'
import type { PackageRecord } from './registry.ts'
import { publishSnapshot, type Snapshot, SnapshotError } from './snapshot.ts'
import type { Stage } from './stage.ts'
import { ensure } from './steps.ts'

/** A snapshot of a proposed edit, and a partner's try of it. */
export interface SnapshotRehearsal extends Snapshot {
  /** What was said to uncommitted changes. */
  refusal: string
  /** What the registry knows of the client before and after. */
  client: { before: PackageRecord; after: PackageRecord }
  /** What the compiler says of code that needs what is new, before it has the snapshot. */
  without: readonly CompileError[]
  /** The same project with the snapshot. */
  trial: Trial
}

const tag = 'try-it'

/** As steps: publishes the current commit as a snapshot, and a project installs it; `later` is code that needs it. */
export async function rehearseSnapshot(stage: Stage, later: string): Promise<SnapshotRehearsal> {
  const { registry, step } = stage
  const before = await registry.read('@minimo/client')
  const refusal = await step('snapshot: uncommitted changes', () => refuseUncommitted(stage), firstLine)
  const snapshot = await step(
    'snapshot: publish',
    () => publishUnseen(stage),
    ({ version }) => version,
  )
  const after = await registry.read('@minimo/client')
  const consumer = await createProject(stage, 'snapshot', '^1.0.0')
  await consumer.adopt(later)
  const without = await step(
    'snapshot: a partner of latest',
    () => refuseLater(consumer, later),
    (errors) => `refused: ${errors.map(({ code }) => code).join(', ')}`,
  )
  const trial = await tryVersion(stage, {
    name: 'snapshot: a partner installs it',
    version: snapshot.version,
    prepare: async () => {
      await consumer.install(tag)
      return consumer
    },
  })
  return { ...snapshot, refusal, client: { before, after }, without, trial }
}

async function refuseLater(consumer: Consumer, later: string): Promise<CompileError[]> {
  const errors = await consumer.compile()
  const isLater = errors.length > 0 && errors.every(({ file }) => file === later)
  ensure(isLater, `${later} does not compile with what is released`, errors)
  return errors
}

/** As a step: a spec that is as it was released makes no snapshot. Gives what was said. */
export function refuseUnchanged(stage: Stage): Promise<string> {
  return stage.step('snapshot: nothing has changed', () => refuse(stage, 'has not changed'), firstLine)
}

const snapshotOf = ({ workspace, registry, folder, signal }: Stage) =>
  publishSnapshot({ root: workspace.folder, tag, registry: registry.url, folder: join(folder, 'checkout'), signal })

const firstLine = (text: string) => `refused: ${text.split('\n')[0]}`

async function refuseUncommitted(stage: Stage): Promise<string> {
  const { folder, git } = stage.workspace
  const file = 'uncommitted.txt'
  await writeFile(join(folder, file), '')
  const said = await refuse(stage, file)
  await git('clean', '--quiet', '--force', file)
  return said
}

async function refuse(stage: Stage, reason: string): Promise<string> {
  const published = stage.registry.publications.length
  const said = await snapshotOf(stage).then(
    ({ version }) => `it published ${version}`,
    (error: unknown) => error,
  )
  const isRefused = said instanceof SnapshotError && said.message.includes(reason)
  ensure(isRefused, `a snapshot is refused with words about: ${reason}`, String(said))
  ensure(stage.registry.publications.length === published, 'nothing is published', stage.registry.publications)
  return said.message
}

async function publishUnseen(stage: Stage): Promise<Snapshot> {
  const { registry } = stage
  const readLatest = async () => (await registry.read('@minimo/client'))['dist-tags'].latest
  const before = [await readState(stage), await readLatest()]
  const snapshot = await snapshotOf(stage)
  const after = [await readState(stage), await readLatest()]
  ensure(after.join() === before.join(), 'no file, branch, tag or folder of the repository changes, nor latest', {
    before,
    after,
  })
  return snapshot
}

async function readState({ workspace: { git } }: Stage): Promise<string> {
  return [await git('status', '--porcelain'), await git('show-ref', '--head'), await git('worktree', 'list')].join('\n')
}
