import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SpecConfig } from '../config.ts'
import { type Bump, highestBump } from '../diff/compare/change.ts'
import { diffSpecs } from '../diff/diff-specs.ts'
import type { OpenApiDocument } from '../document.ts'
import { createGit, type Git } from '../git.ts'
import { UserError } from '../user-error.ts'
import { readClientMethods } from './client-methods.ts'
import { type Base, findBase } from './find-base.ts'
import { type ReadSpec, readBase } from './read-base.ts'
import { type ReportedChange, reportChanges } from './report-changes.ts'

/** What the working specs change against a base. */
export interface Comparison {
  bump: Bump
  /** What was compared with, as people know it. */
  base: string
  /** Paths of the specs that were compared, from the root of the repository. */
  sources: string[]
  changes: ReportedChange[]
}

/** What to compare. */
export interface ComparisonOptions {
  /** The module that exports `specs`; its folder is the package that is released. */
  configFile: string
  /** A file, git ref or published version; default: the newest release tag, else where this left main. */
  base?: string | undefined
  /** The one spec to compare, by its name in the config; default: all. */
  spec?: string | undefined
  /** Leaves out the linter and the compiler, which take most of the time. */
  fast?: boolean | undefined
}

/** What the specs of one config are compared in. */
interface Setting {
  folder: string
  packageName: string
  git: Git
  base: Base
  /** Whether changes tell which spec they are of. */
  isNamed: boolean
  fast: boolean
}

const nothing: OpenApiDocument = { openapi: '3.1.0', paths: {} }

/** Compares the working specs with a base. Throws `SpecError` or `UserError` where one cannot be read. */
export async function compareSpecs(options: ComparisonOptions): Promise<Comparison> {
  const { configFile, fast = false } = options
  const folder = dirname(resolve(configFile))
  const packageName: string = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name
  const git = createGit(folder)
  const specs = chooseSpecs((await import(pathToFileURL(resolve(configFile)).href)).specs, options.spec)
  const isFile = (path: string) => existsSync(path) && statSync(path).isFile()
  const base = findBase(options.base, { git, packageName, isFile })
  if (base.kind === 'file' && specs.length > 1) {
    throw new UserError(`--base ${base.file}: a file is the base of one spec: choose it with --spec ${namesOf(specs)}.`)
  }
  const setting: Setting = { folder, packageName, git, base, isNamed: specs.length > 1, fast }
  const compared = await Promise.all(specs.map((spec) => compareSpec(spec, setting)))
  const sources = compared.map(({ source }) => source)
  if (compared.every(({ isNew }) => isNew)) throw holdsNone(base, sources)
  const changes = compared.flatMap((one) => one.changes)
  return { bump: highestBump(changes), base: base.label, sources, changes }
}

function chooseSpecs(specs: SpecConfig[], name: string | undefined): SpecConfig[] {
  const chosen = name === undefined ? specs : specs.filter((spec) => spec.name === name)
  if (chosen.length > 0) return chosen
  throw new UserError(`--spec ${name}: expected ${namesOf(specs)}; there is no other in the config.`)
}

const namesOf = (specs: SpecConfig[]) => specs.map(({ name }) => name).join(' or ')

function holdsNone({ label }: Base, sources: string[]): UserError {
  return new UserError(
    `The base ${label} holds none of ${sources.join(', ')}: name one that does with --base REF or --base FILE.`,
  )
}

async function compareSpec(spec: SpecConfig, setting: Setting) {
  if (!setting.fast) return compareRead(spec, setting, readWhole)
  try {
    return await compareRead(spec, setting, readFast)
  } catch {
    // Whatever was in the way, the linter says it best.
    return compareRead(spec, setting, readWhole)
  }
}

async function compareRead(spec: SpecConfig, setting: Setting, read: ReadSpec) {
  const { folder, packageName, git, base, isNamed } = setting
  const file = resolve(folder, spec.source)
  const root = git('rev-parse', '--show-toplevel').output || folder
  const source = relative(root, file).split(sep).join('/')
  const after = await read(file, spec.rules)
  const before = await readBase(base, { source, git, packageName, published: () => publishedPath(spec, after), read })
  const { changes } = diffSpecs(before ?? nothing, after, { hasNamespaces: spec.methods !== undefined })
  if (changes.length === 0) return { source, isNew: before === undefined, changes: [] }
  const reported = reportChanges(changes, {
    before: before ?? nothing,
    after,
    methods: spec.methods === undefined ? {} : await readClientMethods(resolve(folder, spec.methods)),
    spec: isNamed ? spec.name : undefined,
  })
  return { source, isNew: before === undefined, changes: reported }
}

// Loaded only where it is needed: the linter takes longer to load than a spec to compare.
const readWhole: ReadSpec = async (file, rules) => (await import('../load.ts')).loadSpec(file, rules)

const readFast: ReadSpec = async (file, rules) => {
  const { readPlainSpec } = await import('../read-plain-spec.ts')
  return readPlainSpec(file) ?? readWhole(file, rules)
}

/** The one document among the generated files is what a published package holds of its spec. */
async function publishedPath(spec: SpecConfig, document: OpenApiDocument): Promise<string | undefined> {
  const { emitFiles } = await import('../generate.ts')
  const files = await emitFiles(spec, document)
  return files.find(({ path }) => /\.(?:ya?ml|json)$/.test(path))?.path
}
