import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import type { CompileError, Consumer } from './consumer.ts'
import { createProject, tellErrors, tryVersion } from './partner.ts'
import { publishSnapshot, type Snapshot, SnapshotError } from './snapshot.ts'
import { specEdits } from './spec-edits.ts'
import type { Stage } from './stage.ts'
import { ensure } from './steps.ts'

const tag = 'try-it'

/** As steps: publishes the current commit as a snapshot, and a project installs it; `later` is code that needs it. */
export async function rehearseSnapshot(stage: Stage, later: string): Promise<void> {
  const { step } = stage
  await step('snapshot: uncommitted changes', () => refuseUncommitted(stage))
  const { version } = await step(
    'snapshot: publish',
    () => publishUnseen(stage),
    ({ version }) => version,
  )
  const consumer = await createProject(stage, 'snapshot', '^1.0.0')
  await consumer.adopt(later)
  await step('snapshot: a partner of latest', () => refuseLater(consumer, later), tellErrors)
  const prepare = () => consumer.install(tag)
  await tryVersion(stage, { name: 'snapshot: a partner installs it', consumer, prepare, version })
}

/** As a step: a spec that is as it was released makes no snapshot. */
export async function refuseUnchanged(stage: Stage, version: string): Promise<void> {
  const reason = `has not changed since @minimo/api-types@${version}`
  await stage.step('snapshot: nothing has changed', () => refuse(stage, reason))
}

async function refuseLater(consumer: Consumer, later: string): Promise<CompileError[]> {
  const errors = await consumer.compile()
  const { property } = specEdits.minor
  const isLater = errors.length > 0 && errors.every(({ file, code }) => file === later && code.includes(property))
  ensure(isLater, `${later} does not compile with what is released, for want of ${property}`, errors)
  return errors
}

function snapshotOf({ workspace, registry, folder, cancelSignal }: Stage): Promise<Snapshot> {
  const places = { root: workspace.folder, registry: registry.url, folder: join(folder, 'checkout') }
  return publishSnapshot({ ...places, tag, ...(cancelSignal && { cancelSignal }) })
}

async function refuseUncommitted(stage: Stage): Promise<string> {
  const { folder, git } = stage.workspace
  const file = 'uncommitted.txt'
  await writeFile(join(folder, file), '')
  const told = await refuse(stage, `commit first.\n?? ${file}`)
  await git('clean', '--quiet', '--force', file)
  return told
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
  return `refused: ${said.message.split('\n')[0]}`
}

/** Publishes a snapshot; it gets its tag, and leaves everybody else alone. */
async function publishUnseen(stage: Stage): Promise<Snapshot> {
  const { registry } = stage
  const [state, before] = [await readState(stage), await registry.read('@minimo/client')]
  const snapshot = await snapshotOf(stage)
  const [newState, after] = [await readState(stage), await registry.read('@minimo/client')]
  const { version } = snapshot
  const isNamed = version.startsWith(`${specEdits.minor.version}-${tag}-`)
  ensure(isNamed, `the snapshot is one of ${specEdits.minor.version}, named ${tag}`, version)
  ensure(newState === state, 'no file, branch, tag or folder of the repository changes', newState)
  const tags = { ...before['dist-tags'], [tag]: version }
  ensure(isDeepStrictEqual(after['dist-tags'], tags), 'of the dist-tags, only its own changes', after['dist-tags'])
  const { dependencies, devDependencies } = after.versions[version] ?? {}
  const isPinned = dependencies?.['@minimo/api-types'] === version && Object.keys(devDependencies ?? {}).length === 0
  ensure(isPinned, `it depends on exactly this snapshot of @minimo/api-types, and on no tool`, after.versions[version])
  return snapshot
}

async function readState({ workspace: { git } }: Stage): Promise<string> {
  return [await git('status', '--porcelain'), await git('show-ref', '--head'), await git('worktree', 'list')].join('\n')
}
