import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type Entry, mergeReleases, parseChangelog, parseChangeset, type Release } from './changelog.ts'
import type { Methods } from './changes.ts'
import type { DocsConfig, Section } from './config.ts'
import { readPages } from './pages.ts'
import type { Sources } from './stage.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const content = fileURLToPath(new URL('content/docs', import.meta.url))

/** Reads what the site is made of: pages, changelogs, changesets, and the client's methods. */
export async function readSources(config: DocsConfig): Promise<Sources> {
  const packages = [...new Set(config.sections.flatMap((section) => section.packages ?? []))]
  const [pages, releases, methods] = await Promise.all([
    readPages(content),
    readReleases(packages),
    Promise.all(config.sections.map(async (section) => [section, await readMethods(section)] as const)),
  ])
  return { config, pages, releases, methods: new Map(methods) }
}

async function readMethods({ methods }: Section): Promise<Methods> {
  if (methods === undefined) return {}
  const loaded = (await import(pathToFileURL(join(root, methods)).href)) as { methods: Methods }
  return loaded.methods
}

async function readReleases(packages: readonly string[]): Promise<Release[]> {
  const pending = (await readChangesets()).filter((entry) => entry.packages.some((name) => packages.includes(name)))
  const released = await Promise.all((await readdir(join(root, 'packages'))).map((folder) => readOwn(folder, packages)))
  return mergeReleases([...(pending.length > 0 ? [{ name: 'Unreleased', entries: pending }] : []), ...released.flat()])
}

async function readOwn(folder: string, packages: readonly string[]): Promise<Release[]> {
  const manifest = join(root, 'packages', folder, 'package.json')
  const changelog = join(root, 'packages', folder, 'CHANGELOG.md')
  if (!existsSync(manifest) || !existsSync(changelog)) return []
  const { name } = JSON.parse(await readFile(manifest, 'utf8')) as { name: string }
  return packages.includes(name) ? parseChangelog(name, await readFile(changelog, 'utf8')) : []
}

async function readChangesets(): Promise<Entry[]> {
  const folder = join(root, '.changeset')
  const files = (await readdir(folder)).filter((file) => file.endsWith('.md') && basename(file) !== 'README.md').sort()
  const entries = await Promise.all(
    files.map(async (file) => parseChangeset(`.changeset/${file}`, await readFile(join(folder, file), 'utf8'))),
  )
  return entries.flat()
}
