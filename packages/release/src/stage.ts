import type { Registry } from './registry.ts'
import { ensure, type RunStep } from './steps.ts'
import { releasedPackages, type Workspace } from './workspace-copy.ts'

/** What a rehearsal plays with. */
export interface Stage {
  workspace: Workspace
  registry: Registry
  /** A folder for further projects and copies; removed in the end. */
  folder: string
  step: RunStep
  cancelSignal?: AbortSignal
}

/** Which packages a publish must send to the registry, and which of them that refuses. */
export interface PublishExpectation {
  accepted: readonly string[]
  /** Default: none. */
  refused?: readonly string[]
}

/** Builds and publishes what is not published yet: exactly the packages that are named, and each once. Tells them. */
export async function publish(
  { workspace, registry }: Stage,
  { accepted, refused = [] }: PublishExpectation,
): Promise<string> {
  const before = registry.publications.length
  registry.refuse(refused)
  const { ok, output } = await workspace.attempt('run', 'release')
  registry.refuse([])
  const sent = registry.publications.slice(before).map(({ name, status }) => `${name} ${status}`)
  const wanted = [...accepted.map((name) => `${name} 201`), ...refused.map((name) => `${name} 403`)]
  const told = sent.sort().join(', ')
  ensure(told === wanted.sort().join(', '), `what is published is ${wanted.join(', ')}`, `${told}\n${output}`)
  const isToldRight = refused.length === 0 ? ok : !ok && refused.every((name) => output.includes(name))
  ensure(isToldRight, 'publishing fails where a package is refused, and names it; else it completes', output)
  return told
}

/** Tags the current commit with what is released from it: each package in the version, and nothing else. Tells them. */
export async function tagRelease({ workspace }: Stage, version: string): Promise<string> {
  await workspace.pnpm('exec', 'changeset', 'git-tag')
  const tags = (await workspace.git('tag', '--points-at', 'HEAD')).split('\n').join(', ')
  const wanted = releasedPackages.map((name) => `${name}@${version}`).join(', ')
  ensure(tags === wanted, `the commit is tagged ${wanted}`, tags)
  return tags
}
