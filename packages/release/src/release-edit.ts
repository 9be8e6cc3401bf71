import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Outcome } from './run.ts'
import { applyEdit, type SpecEdit, specFile } from './spec-edits.ts'
import { type PublishRun, publish, type Stage, tagRelease, tellPublications } from './stage.ts'
import { ensure } from './steps.ts'
import { commitAll } from './workspace-copy.ts'

/** A change as `spec:diff --format json` tells it. */
export interface ReportedChange {
  bump: string
  /** All operations that it reaches. */
  operationIds: readonly string[]
  location?: string
  message: string
}

/** What `spec:diff --format json` says. */
export interface SpecDiff {
  bump: string
  /** The operations that changes reach, with the methods of the client that call them. */
  operations: readonly { id: string; methods: readonly string[] }[]
  changes: readonly ReportedChange[]
}

/** An edit of the spec on its way into a release. */
export interface ProposedEdit {
  edit: SpecEdit
  diff: SpecDiff
  /** `spec:check` before there is a changeset, and with it. */
  checks: { before: Outcome; after: Outcome }
  /** The changeset that `spec:changeset` wrote. */
  changeset: { name: string; text: string }
}

/** A released edit. */
export interface ReleasedEdit {
  version: string
  tags: readonly string[]
  run: PublishRun
  /** The bundled spec that the packages were built with. */
  spec: string
}

/** Edits the spec and does what a pull request with such a change needs, up to its commit. */
export async function proposeEdit(stage: Stage, edit: SpecEdit): Promise<ProposedEdit> {
  const { workspace, step } = stage
  const { bump, what } = edit
  await step(
    `${bump}: edit the spec, generate`,
    async () => {
      await applyEdit(workspace.folder, edit)
      await workspace.pnpm('run', 'generate')
    },
    () => `${specFile}: ${what}`,
  )
  const { diff, before } = await step(
    `${bump}: spec:diff, spec:check`,
    async () => {
      const [diff, before] = await Promise.all([readDiff(stage, edit), workspace.attempt('run', 'spec:check')])
      ensure(!before.ok, 'spec:check fails before there is a changeset', before.output)
      return { diff, before }
    },
    ({ diff }) => `${bump}: ${diff.operations.map(({ id }) => id).join(', ')}; no changeset yet`,
  )
  const { changeset, after } = await step(
    `${bump}: spec:changeset, spec:check`,
    () => writeChangeset(stage, edit),
    ({ changeset }) => `.changeset/${changeset.name}`,
  )
  return { edit, diff, changeset, checks: { before, after } }
}

async function readDiff({ workspace }: Stage, { bump, operationId }: SpecEdit): Promise<SpecDiff> {
  const diff: SpecDiff = JSON.parse(await workspace.pnpm('--silent', 'run', 'spec:diff', '--format', 'json'))
  ensure(diff.bump === bump, `spec:diff demands a ${bump}`, diff)
  const isNamed = diff.changes.some((change) => change.operationIds.includes(operationId))
  ensure(isNamed, `spec:diff names ${operationId}`, diff)
  return diff
}

async function writeChangeset({ workspace }: Stage, { what }: SpecEdit) {
  await workspace.pnpm('run', 'spec:changeset')
  const after = await workspace.attempt('run', 'spec:check')
  ensure(after.ok, 'spec:check passes with the changeset', after.output)
  const changeset = await readChangeset(join(workspace.folder, '.changeset'))
  await commitAll(workspace, `The API's description: ${what}`)
  return { changeset, after }
}

async function readChangeset(folder: string): Promise<ProposedEdit['changeset']> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md') && name !== 'README.md')
  const [name] = names
  ensure(name !== undefined && names.length === 1, 'there is one changeset', names)
  return { name, text: await readFile(join(folder, name), 'utf8') }
}

/** Versions, tags, builds and publishes what was proposed. */
export async function releaseEdit(stage: Stage, { bump, version }: SpecEdit): Promise<ReleasedEdit> {
  const { workspace, step } = stage
  const tags = await step(
    `${bump}: version`,
    async () => {
      await workspace.pnpm('run', 'version-packages')
      await commitAll(workspace, 'Version packages')
      // Once they are merged, applied changesets must not be missed.
      await workspace.pnpm('run', 'spec:check')
      return tagRelease(stage, version)
    },
    (tags) => tags.join(', '),
  )
  const run = await step(
    `${bump}: build, publish`,
    async () => {
      const run = await publish(stage)
      ensure(run.ok, 'publishing completes', run.output)
      return run
    },
    tellPublications,
  )
  return { version, tags, run, spec: await readFile(join(workspace.folder, 'packages/api-types/openapi.yaml'), 'utf8') }
}
