import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installPacked, run } from 'packed'

const here = fileURLToPath(new URL('..', import.meta.url))

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
    const install = installPacked({ folder, packages: ['api-types', 'client'] })
    await Promise.all([install, copyAsCommonJs(folder), ...suites.map((as) => compileSuite(folder, as))])
    return { folder, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** How a file of a project is taken, by the package.json next to it. */
const writeModuleType = (folder: string, type: 'module' | 'commonjs') =>
  writeFile(join(folder, 'package.json'), JSON.stringify({ type }))

/** What a partner writes in TypeScript, once more where it counts as CommonJS. */
async function copyAsCommonJs(folder: string): Promise<void> {
  const copies = join(folder, 'commonjs')
  await mkdir(copies)
  await writeModuleType(copies, 'commonjs')
  const sources = (await readdir(folder)).filter((name) => name.endsWith('.ts'))
  await Promise.all(sources.map((name) => cp(join(folder, name), join(copies, name))))
}

/** The suite for those who import it, and for those who can only require it. */
const suites = [
  { type: 'module', to: 'suite', flags: [] },
  {
    type: 'commonjs',
    to: 'suite-commonjs',
    flags: ['--module', 'commonjs', '--moduleResolution', 'bundler', '--verbatimModuleSyntax', 'false'],
  },
] as const

/** As plain ECMAScript the same suite runs everywhere, also on Node 20, which knows no types. */
async function compileSuite(folder: string, { type, to, flags }: (typeof suites)[number]): Promise<void> {
  const outDir = join(folder, to)
  const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.suite.json', '--outDir', outDir, ...flags]
  await run(process.execPath, tsc, { cwd: here })
  await writeModuleType(outDir, type)
}
