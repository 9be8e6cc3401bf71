import { cp, readdir, readFile, rename } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installProject, run } from 'packed'
import { useRegistry } from './workspace-copy.ts'

/** A mistake that the compiler found in a partner's code. */
export interface CompileError {
  file: string
  /** Counted from 1. */
  line: number
  /** The line of code itself. */
  code: string
  message: string
}

/** A package as it is installed. */
export interface InstalledPackage {
  version: string
  dependencies: Readonly<Record<string, string>>
  changelog: string
}

/** A project of a partner, with code that calls the API's client and runs against its sandbox. */
export interface Consumer {
  folder: string
  /** Asks for another range or dist-tag, and installs it. */
  install(range: string): Promise<void>
  /** Installs the newest versions that its ranges allow. */
  update(): Promise<void>
  /** Adds a file of `consumer/later` to its code. */
  adopt(file: string): Promise<void>
  /** Compiles its code. */
  compile(): Promise<CompileError[]>
  /** Runs its programs, one after the other, and gives the line that each prints, by file. Rejects when one fails. */
  start(): Promise<Record<string, string>>
  /** Reads an installed package of the scope `@minimo`, by its name without that. */
  installed(name: string): Promise<InstalledPackage>
  /** Reads the spec in the types package that is installed. */
  spec(): Promise<string>
}

/** Where a project stands and what it asks for. */
export interface ConsumerOptions {
  folder: string
  registry: string
  /** Range or dist-tag of `@minimo/client` and `@minimo/sandbox`. */
  range: string
  cancelSignal?: AbortSignal
}

const here = fileURLToPath(new URL('../consumer', import.meta.url))
const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')

/** Makes a project in a folder that does not exist yet, and installs it. */
export async function createConsumer(options: ConsumerOptions): Promise<Consumer> {
  const { folder, registry, range, ...cancelling } = options
  const at = { cwd: folder, ...cancelling }
  // Partners' package managers may wait a day before they trust a new version: here it must come at once.
  const settings = { minimumReleaseAge: 0 }
  const install = (range: string) => {
    const dependencies = { '@minimo/client': range, '@minimo/sandbox': range }
    return installProject({ folder, dependencies, settings, ...cancelling })
  }
  await cp(here, folder, { recursive: true })
  await useRegistry(folder, registry)
  await install(range)
  return {
    folder,
    install,
    update: async () => void (await run('pnpm', ['update', '@minimo/*'], at)),
    adopt: (file) => rename(join(folder, 'later', file), join(folder, file)),
    compile: async () => {
      const result = await run(process.execPath, [tsc, '--pretty', 'false'], { ...at, reject: false })
      const errors = await readErrors(result.all, folder)
      if (result.failed && errors.length === 0) throw result
      return errors
    },
    start: async () => {
      const programs = (await listCode(folder)).filter((file) => file !== 'connect.ts')
      // In one process: most of the time of each is that of loading the packages.
      const imports = programs.flatMap((file) => ['--import', `./${file}`])
      const { stdout } = await run(process.execPath, [...imports, '--eval', ''], at)
      const lines = stdout.split('\n')
      return Object.fromEntries(programs.map((file, index) => [basename(file, '.ts'), lines[index] ?? '']))
    },
    installed: (name) => readInstalled(join(folder, 'node_modules/@minimo', name)),
    spec: () => readFile(join(folder, 'node_modules/@minimo/api-types/openapi.yaml'), 'utf8'),
  }
}

async function readInstalled(folder: string): Promise<InstalledPackage> {
  const read = (file: string) => readFile(join(folder, file), 'utf8')
  const { version, dependencies = {} } = JSON.parse(await read('package.json'))
  return { version, dependencies, changelog: await read('CHANGELOG.md') }
}

const listCode = async (folder: string) => (await readdir(folder)).filter((file) => file.endsWith('.ts')).sort()

async function readErrors(output: string, folder: string): Promise<CompileError[]> {
  const found = [...output.matchAll(/^(.+?)\((\d+),\d+\): error (TS\d+: .*)$/gm)]
  return Promise.all(
    found.map(async ([, file = '', line, message = '']) => {
      const lines = (await readFile(join(folder, file), 'utf8')).split('\n')
      return { file, line: Number(line), code: lines[Number(line) - 1]?.trim() ?? '', message }
    }),
  )
}
