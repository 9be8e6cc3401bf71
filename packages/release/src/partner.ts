import { join } from 'node:path'
import { type CompileError, type Consumer, createConsumer, type InstalledPackage } from './consumer.ts'
import type { ProposedEdit, ReleasedEdit } from './release-edit.ts'
import type { SpecEdit } from './spec-edits.ts'
import type { Stage } from './stage.ts'
import { ensure } from './steps.ts'
import type { releasedFolders } from './workspace-copy.ts'

/** How a partner's project fares. */
export interface Trial {
  /** The packages that it has installed, by name without scope. */
  packages: Readonly<Record<(typeof releasedFolders)[number], InstalledPackage>>
  /** The spec in the types package that it has installed. */
  spec: string
  errors: readonly CompileError[]
  /** What its programs printed, by file; empty where it does not compile. */
  printed: Readonly<Record<string, string>>
}

/** What a project is tried with. */
export interface TrialOptions {
  /** The step's name. */
  name: string
  /** Makes the project, or brings it up to date. */
  prepare(): Promise<Consumer>
  /** The version that it must have installed then. */
  version: string
  /** What that version must carry; default: nothing in particular. */
  released?: ProposedEdit & ReleasedEdit
}

/** Makes a partner's project that asks for a range or dist-tag. */
export function createProject({ folder, registry, signal }: Stage, name: string, range: string): Promise<Consumer> {
  return createConsumer({ folder: join(folder, name), registry: registry.url, range, signal })
}

/** As a step: the project gets the version, compiles and runs. */
export function tryVersion({ step }: Stage, { name, prepare, version, released }: TrialOptions): Promise<Trial> {
  return step(
    name,
    async () => {
      const trial = await tryProject(await prepare())
      ensureHas(trial, version)
      if (released) ensureCarries(trial, released)
      ensure(trial.errors.length === 0, "the partner's project compiles", trial.errors)
      const silent = Object.values(trial.printed).filter((text) => text === '')
      ensure(silent.length === 0, "every program of the partner's project tells something", trial.printed)
      return trial
    },
    ({ printed }) => `${version} compiles and runs: ${Object.keys(printed).join(', ')}`,
  )
}

/** As a step: a project goes to a major, and the compiler and the diff say the same of its code. */
export function tryBreak(stage: Stage, edit: SpecEdit, released: ProposedEdit & ReleasedEdit): Promise<Trial> {
  const { operationId, property, version } = edit
  return stage.step(
    `major: a partner goes to ^${version}`,
    async () => {
      const trial = await tryProject(await createProject(stage, 'next', `^${version}`))
      ensureHas(trial, version)
      ensureCarries(trial, released)
      const breaking = released.diff.changes.filter(({ bump }) => bump === 'major')
      const isMeant = (change: (typeof breaking)[number]) =>
        change.operationIds.join() === operationId && (change.location ?? '').includes(property)
      ensure(breaking.every(isMeant), `what breaks is ${property} of ${operationId}`, breaking)
      const { errors } = trial
      const isRead = errors.length > 0 && errors.every(({ code }) => code.includes(property))
      ensure(isRead, `the compiler refuses the code that reads ${property}, and no other`, errors)
      return trial
    },
    ({ errors }) => `refused: ${errors.map(({ file, line, code }) => `${file}:${line} ${code}`).join(', ')}`,
  )
}

async function tryProject(consumer: Consumer): Promise<Trial> {
  const [types, client, sandbox] = await Promise.all([
    consumer.installed('api-types'),
    consumer.installed('client'),
    consumer.installed('sandbox'),
  ])
  const errors = await consumer.compile()
  const printed = errors.length === 0 ? await consumer.start() : {}
  return { packages: { 'api-types': types, client, sandbox }, spec: await consumer.spec(), errors, printed }
}

function ensureHas({ packages }: Trial, version: string): void {
  const versions = Object.values(packages).map((one) => one.version)
  ensure(
    versions.every((one) => one === version),
    `the partner's project has installed ${version}`,
    versions,
  )
}

/** What is installed carries the edit: in the spec, in the changelogs, and in what depends on what. */
function ensureCarries(
  { packages, spec }: Trial,
  { version, edit, spec: released }: ProposedEdit & ReleasedEdit,
): void {
  ensure(spec === released, `the spec of ${version} travels with it`, 'another one')
  for (const [name, { changelog, dependencies }] of Object.entries(packages)) {
    const entry = changelog.split(/^## /m)[1] ?? ''
    ensure(entry.startsWith(version), `the changelog of ${name} begins with ${version}`, entry)
    ensure(entry.includes(`[\`${edit.operationId}\`](`), `the changelog of ${name} links ${edit.operationId}`, entry)
    const range = dependencies['@minimo/api-types']
    const isRight = name === 'api-types' || range === `^${version}`
    ensure(isRight, `${name} depends on @minimo/api-types ^${version}`, range)
  }
}
