import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { released } from 'packed'
import { publish, type Stage, tagRelease } from './stage.ts'
import { ensure } from './steps.ts'
import { commitAll, releasedPackages } from './workspace-copy.ts'

/** The version that a rehearsal begins with. */
export const firstVersion = '1.0.0'

/** Nothing stands on it: what does is not published after a refusal. */
const refused = '@minimo/sandbox'

/**
 * As steps: releases the copied workspace, with the changesets it has, as 1.0.0, as if nothing had been released before.
 * Publishing it fails half-way, and the same command again publishes the rest.
 */
export async function releaseFirst(stage: Stage): Promise<void> {
  const { workspace, step } = stage
  await step(`${firstVersion}: version`, () => versionFirst(stage))
  const others = releasedPackages.filter((name) => name !== refused)
  await step(`${firstVersion}: publish, half-way`, () => publish(stage, { accepted: others, refused: [refused] }))
  await step(`${firstVersion}: publish, again`, async () => {
    const told = await publish(stage, { accepted: [refused] })
    const changed = await workspace.git('status', '--porcelain')
    ensure(changed === '', 'publishing changes no file', changed)
    return told
  })
}

async function versionFirst(stage: Stage): Promise<string> {
  const { workspace } = stage
  await forgetReleases(workspace.folder)
  await workspace.pnpm('run', 'version-packages')
  await commitAll(workspace, 'Version packages')
  return tagRelease(stage, firstVersion)
}

/** However many releases there have been, the rehearsal's versions are the same. */
async function forgetReleases(folder: string): Promise<void> {
  for (const name of released) {
    const file = join(folder, 'packages', name, 'package.json')
    const manifest = JSON.parse(await readFile(file, 'utf8'))
    await writeFile(file, `${JSON.stringify({ ...manifest, version: '0.0.0' }, null, 2)}\n`)
    await rm(join(folder, 'packages', name, 'CHANGELOG.md'), { force: true })
  }
  await rm(join(folder, '.changeset/pre.json'), { force: true })
  const lines = releasedPackages.map((name) => `'${name}': major`)
  await writeFile(join(folder, '.changeset/rehearsal.md'), `---\n${lines.join('\n')}\n---\n\nFirst release.\n`)
}
