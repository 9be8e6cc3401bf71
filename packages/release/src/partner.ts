import { join } from 'node:path'
import { released } from 'packed'
import { type CompileError, type Consumer, createConsumer } from './consumer.ts'
import { firstVersion } from './first-release.ts'
import type { ReleasedEdit } from './release-edit.ts'
import { specEdits } from './spec-edits.ts'
import type { Stage } from './stage.ts'
import { ensure } from './steps.ts'

/** What a partner's project is tried with. */
export interface Trial {
  /** The step's name. */
  name: string
  consumer: Consumer
  /** Brings it up to date first. Default: nothing. */
  prepare?(): Promise<void>
  /** The version that it must have installed then. */
  version: string
  /** What that version must carry; default: nothing in particular. */
  carries?: ReleasedEdit
}

/** What each program of a partner's must print. */
const printed: Readonly<Record<string, RegExp>> = {
  contacts: /^contact 1 has the phone \+393391234567$/,
  'custom-fields': /^the field NICKNAME is listed$/,
  emails: /^message \S+ has 0 clicks$/,
  'reply-to': /^an email with a reply address is sent$/,
}

/** Every version that is released, the newest first. */
const versions = [specEdits.major, specEdits.minor, specEdits.patch].map(({ version }) => version).concat(firstVersion)

/** As a step: makes a partner's project that asks for a range. */
export function createProject(stage: Stage, name: string, range: string): Promise<Consumer> {
  const { registry, folder, step, cancelSignal } = stage
  const options = { folder: join(folder, name), registry: registry.url, range, ...(cancelSignal && { cancelSignal }) }
  return step(
    `${name}: a project asks for ${range}`,
    () => createConsumer(options),
    () => 'installed',
  )
}

/** As a step: the project gets the version and what it carries, compiles and runs. */
export async function tryVersion({ step }: Stage, trial: Trial): Promise<void> {
  const { name, consumer, version } = trial
  await step(name, async () => {
    await ensureGets(trial)
    const errors = await consumer.compile()
    ensure(errors.length === 0, "the partner's project compiles", errors)
    const told = await consumer.start()
    const isRight = Object.entries(told).every(([program, text]) => printed[program]?.test(text))
    ensure(isRight, "every program of the partner's project prints what it must", told)
    return `${version} compiles and runs: ${Object.keys(told).join(', ')}`
  })
}

/** As a step: the project does not get what its range leaves out, and so stays as it was tried before. */
export async function keepVersion({ step }: Stage, trial: Trial): Promise<void> {
  await step(trial.name, async () => {
    await ensureGets(trial)
    return `still ${trial.version}`
  })
}

/** As a step: a project goes to a major, and the compiler refuses the line that the edit is about. */
export async function tryBreak({ step }: Stage, trial: Trial): Promise<void> {
  const { property } = specEdits.major
  await step(
    trial.name,
    async () => {
      await ensureGets(trial)
      const errors = await trial.consumer.compile()
      const [error] = errors
      const isRead = errors.length === 1 && error?.code.includes(property) && error.message.includes('null')
      ensure(isRead === true, `the compiler refuses the line that reads ${property}, and no other`, errors)
      return errors
    },
    tellErrors,
  )
}

/** Where the compiler refuses a partner's code, in a line. */
export const tellErrors = (errors: readonly CompileError[]): string =>
  `refused: ${errors.map(({ file, line, code }) => `${file}:${line} ${code}`).join(', ')}`

async function ensureGets({ consumer, prepare, version, carries }: Trial): Promise<void> {
  await prepare?.()
  const packages = await Promise.all(released.map((name) => consumer.installed(name)))
  const found = packages.map((one) => one.version)
  ensure(
    found.every((one) => one === version),
    `the partner's project has installed ${version}`,
    found,
  )
  if (carries) await ensureCarries(consumer, carries)
}

/** What is installed carries the edit: in the spec, in the changelogs, and in what depends on what. */
async function ensureCarries(consumer: Consumer, { edit, spec }: ReleasedEdit): Promise<void> {
  const { version, bump, operationId } = edit
  ensure((await consumer.spec()) === spec, `the spec of ${version} travels with it`, 'another one')
  for (const name of released) {
    const { changelog, dependencies } = await consumer.installed(name)
    const [, ...entries] = changelog.split(/^## /m)
    const told = entries.map((entry) => entry.split('\n')[0]).join()
    const wanted = versions.slice(versions.indexOf(version)).join()
    ensure(told === wanted, `the changelog of ${name} tells of ${wanted}`, changelog)
    const isTold =
      entries[0]?.toLowerCase().includes(`### ${bump} changes`) && entries[0].includes(`[\`${operationId}\`](`)
    ensure(isTold === true, `the changelog of ${name} links ${operationId} under its ${bump} changes`, entries[0])
    const range = dependencies['@minimo/api-types']
    const isRight = name === 'api-types' || range === `^${version}`
    ensure(isRight, `${name} depends on @minimo/api-types ^${version}`, range)
  }
}
