import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run.ts'

const here = fileURLToPath(new URL('..', import.meta.url))
const published = ['api-types', 'client']

/** A project of a partner: the packed packages installed from their tarballs, beside the suite and what runs it. */
export interface Consumer {
  folder: string
  /** Removes the project. */
  close(): Promise<void>
}

/** Packs the published packages and installs the tarballs in an empty project outside the workspace. */
export async function createConsumer(): Promise<Consumer> {
  const folder = await mkdtemp(join(tmpdir(), 'minimo-conformance-'))
  const close = () => rm(folder, { recursive: true, force: true })
  try {
    await cp(join(here, 'consumer'), folder, { recursive: true })
    await Promise.all([installPacked(folder), compileSuite(folder)])
    return { folder, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function installPacked(folder: string): Promise<void> {
  const tarballs = join(folder, 'tarballs')
  await mkdir(tarballs)
  for (const name of published) {
    await run('pnpm', ['pack', '--pack-destination', tarballs], { cwd: join(here, '..', name) })
  }
  const files = await readdir(tarballs)
  const dependencies = Object.fromEntries(
    published.map((name) => [`@minimo/${name}`, `file:./tarballs/${files.find((file) => file.includes(name))}`]),
  )
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true, dependencies }))
  // The client asks for api-types by version, which need not be published yet.
  const settings = { overrides: dependencies, nodeLinker: 'hoisted' }
  await writeFile(join(folder, 'pnpm-workspace.yaml'), JSON.stringify(settings))
  await run('pnpm', ['install', '--prefer-offline', '--no-frozen-lockfile'], { cwd: folder })
}

/** As plain ECMAScript the same suite runs everywhere, also on Node 20, which knows no types. */
async function compileSuite(folder: string): Promise<void> {
  await run(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.suite.json', '--outDir', join(folder, 'suite')],
    { cwd: here },
  )
}
