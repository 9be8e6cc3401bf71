import type { Publication, Registry } from './registry.ts'
import { ensure, type RunStep } from './steps.ts'
import { releasedPackages, type Workspace } from './workspace-copy.ts'

/** What a rehearsal plays with. */
export interface Stage {
  workspace: Workspace
  registry: Registry
  /** A folder for further projects and copies; removed in the end. */
  folder: string
  step: RunStep
  signal?: AbortSignal | undefined
}

/** One run of the command that publishes. */
export interface PublishRun {
  ok: boolean
  output: string
  /** The tries that reached the registry meanwhile. */
  publications: readonly Publication[]
}

/** Builds and publishes what is not published yet, whatever comes of it. */
export async function publish({ workspace, registry }: Stage): Promise<PublishRun> {
  const before = registry.publications.length
  const { ok, output } = await workspace.attempt('run', 'release')
  return { ok, output, publications: registry.publications.slice(before) }
}

/** A run's tries in a line, such as `@minimo/client 201`. */
export const tellPublications = ({ publications }: PublishRun): string =>
  publications.map(({ name, status }) => `${name} ${status}`).join(', ')

/** Tags the current commit with what is released from it. Throws where a package has no tag of the version. */
export async function tagRelease({ workspace }: Stage, version: string): Promise<string[]> {
  await workspace.pnpm('exec', 'changeset', 'git-tag')
  const tags = (await workspace.git('tag', '--points-at', 'HEAD')).split('\n')
  const wanted = releasedPackages.map((name) => `${name}@${version}`)
  ensure(tags.join() === wanted.join(), `the commit is tagged ${wanted.join(', ')}`, tags)
  return tags
}
