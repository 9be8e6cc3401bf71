import { cp, mkdir, mkdtemp, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Workbench } from './check.ts'

/**
 * Sets up a project of `consumer/houses` for one check and gives its folder: a copy of it, with the tools it names as
 * its packages. Those of ours are found in the consumer around it.
 */
export async function openHouse(
  { consumer, tools }: Pick<Workbench, 'consumer' | 'tools'>,
  name: string,
  packages: readonly string[],
): Promise<string> {
  const houses = join(consumer, 'houses')
  const folder = await mkdtemp(join(houses, `${name}-`))
  await cp(join(houses, name), folder, { recursive: true })
  for (const needed of packages) {
    const link = join(folder, 'node_modules', needed)
    await mkdir(dirname(link), { recursive: true })
    await symlink(tools.file(needed, ''), link)
  }
  return folder
}
