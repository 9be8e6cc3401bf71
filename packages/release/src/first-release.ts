import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type PublishRun, publish, type Stage, tagRelease, tellPublications } from './stage.ts'
import { ensure } from './steps.ts'
import { commitAll, releasedFolders, releasedPackages } from './workspace-copy.ts'

/** The first release of all, whose publishing failed half-way and was run again. */
export interface FirstRelease {
  version: string
  tags: readonly string[]
  /** The run during which the registry refused one package. */
  halfWay: PublishRun
  /** The same command again, with nothing refused. */
  again: PublishRun
}

const version = '1.0.0'
const refused = '@minimo/client'

/** Releases the copied workspace, with the changesets it has, as 1.0.0, as if nothing had been released before. */
export async function releaseFirst(stage: Stage): Promise<FirstRelease> {
  const { workspace, registry, step } = stage
  const tags = await step(
    '1.0.0: version',
    () => versionFirst(stage),
    (tags) => tags.join(', '),
  )
  const halfWay = await step(
    '1.0.0: publish, half-way',
    async () => {
      registry.refuse([refused])
      const run = await publish(stage)
      registry.refuse([])
      ensure(!run.ok && run.output.includes(refused), `publishing fails and names ${refused}`, run.output)
      const isHalf = run.publications.some(({ status }) => status === 201)
      ensure(isHalf, 'the other packages are published', run.output)
      return run
    },
    tellPublications,
  )
  const again = await step(
    '1.0.0: publish, again',
    async () => {
      const run = await publish(stage)
      ensure(run.ok, 'publishing again completes', run.output)
      const names = run.publications.map(({ name }) => name)
      ensure(names.join() === refused, `only ${refused} is published again`, names)
      const changed = await workspace.git('status', '--porcelain')
      ensure(changed === '', 'publishing changes no file', changed)
      return run
    },
    tellPublications,
  )
  return { version, tags, halfWay, again }
}

async function versionFirst(stage: Stage): Promise<string[]> {
  const { workspace } = stage
  await forgetReleases(workspace.folder)
  await workspace.pnpm('run', 'version-packages')
  await commitAll(workspace, 'Version packages')
  return tagRelease(stage, version)
}

/** However many releases there have been, the rehearsal's versions are the same. */
async function forgetReleases(folder: string): Promise<void> {
  for (const name of releasedFolders) {
    const file = join(folder, 'packages', name, 'package.json')
    const manifest = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, `${JSON.stringify({ ...manifest, version: '0.0.0' }, null, 2)}\n`)
    await rm(join(folder, 'packages', name, 'CHANGELOG.md'), { force: true })
  }
  await rm(join(folder, '.changeset/pre.json'), { force: true })
  const lines = releasedPackages.map((name) => `'${name}': major`)
  await writeFile(join(folder, '.changeset/rehearsal.md'), `---\n${lines.join('\n')}\n---\n\nFirst release.\n`)
}
