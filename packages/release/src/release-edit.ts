import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { applyEdit, type SpecEdit, specFile } from './spec-edits.ts'
import { publish, type Stage, tagRelease } from './stage.ts'
import { ensure } from './steps.ts'
import { commitAll, releasedPackages, type Workspace } from './workspace-copy.ts'

/** A change as `spec:diff --format json` tells it. */
interface ReportedChange {
  bump: string
  operationIds: readonly string[]
  location?: string
}

/** What `spec:diff --format json` tells. */
interface SpecDiff {
  bump: string
  operations: readonly { id: string; methods: readonly string[] }[]
  changes: readonly ReportedChange[]
}

/** A released edit. */
export interface ReleasedEdit {
  edit: SpecEdit
  /** The bundled spec that the packages were built with. */
  spec: string
}

const bundle = 'packages/api-types/openapi.yaml'

/** As steps: edits the spec and does what a pull request with such a change needs, up to its commit. */
export async function proposeEdit(stage: Stage, edit: SpecEdit): Promise<void> {
  const { workspace, step } = stage
  const { bump, what } = edit
  await step(`${bump}: edit the spec, generate`, async () => {
    await applyEdit(workspace.folder, edit)
    await workspace.pnpm('run', 'generate')
    const changed = await workspace.git('status', '--porcelain')
    ensure(changed.includes(bundle), `generating changes ${bundle}`, changed)
    return `${specFile}: ${what}`
  })
  await step(`${bump}: spec:diff, spec:check`, async () => {
    const [diff, check] = await Promise.all([
      workspace.pnpm('--silent', 'run', 'spec:diff', '--format', 'json'),
      workspace.attempt('run', 'spec:check'),
    ])
    ensureTells(diff, edit)
    const isRefused = !check.ok && check.output.includes(edit.operationId)
    ensure(isRefused, `spec:check fails before there is a changeset, and names ${edit.operationId}`, check.output)
    return `${bump}: ${edit.operationId}; no changeset yet`
  })
  await step(`${bump}: spec:changeset, spec:check`, () => writeChangeset(workspace, edit))
}

/** The diff demands the bump, names the operation, and tells of nothing that breaks but what is meant to. */
function ensureTells(diff: string, { bump, operationId, property, method }: SpecEdit): void {
  const told: SpecDiff = JSON.parse(diff)
  ensure(told.bump === bump, `spec:diff demands a ${bump}`, told)
  const named = told.operations.find(({ id }) => id === operationId)
  ensure(named?.methods.join() === method, `spec:diff names ${operationId}, for ${method}`, told)
  const breaking = told.changes.filter((change) => change.bump === 'major')
  const isMeant = ({ operationIds, location = '' }: ReportedChange) =>
    operationIds.join() === operationId && location.includes(property)
  const isRight = breaking.every(isMeant) && breaking.length > 0 === (bump === 'major')
  ensure(isRight, `what breaks, in a major alone, is ${property} of ${operationId}`, breaking)
}

async function writeChangeset(workspace: Workspace, { bump, what }: SpecEdit): Promise<string> {
  await workspace.pnpm('run', 'spec:changeset')
  const { ok, output } = await workspace.attempt('run', 'spec:check')
  ensure(ok, 'spec:check passes with the changeset', output)
  const folder = join(workspace.folder, '.changeset')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md') && name !== 'README.md')
  const [name = ''] = names
  ensure(names.length === 1 && name.startsWith('spec-'), 'there is one changeset, spec-….md', names)
  const text = await readFile(join(folder, name), 'utf8')
  const isRight = releasedPackages.every((released) => text.includes(`"${released}": ${bump}`))
  ensure(isRight, `the changeset has a ${bump} for each package`, text)
  await commitAll(workspace, `The API's description: ${what}`)
  return `.changeset/${name}`
}

/** As steps: versions, tags, builds and publishes what was proposed. */
export async function releaseEdit(stage: Stage, edit: SpecEdit): Promise<ReleasedEdit> {
  const { workspace, step } = stage
  const { bump, version } = edit
  await step(`${bump}: version`, async () => {
    await workspace.pnpm('run', 'version-packages')
    await commitAll(workspace, 'Version packages')
    // Once they are merged, applied changesets must not be missed.
    await workspace.pnpm('run', 'spec:check')
    return tagRelease(stage, version)
  })
  await step(`${bump}: build, publish`, () => publish(stage, { accepted: releasedPackages }))
  return { edit, spec: await readFile(join(workspace.folder, bundle), 'utf8') }
}
