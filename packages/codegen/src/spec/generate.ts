import { dirname, relative, resolve } from 'node:path'
import { entryFor, isAcceptable } from './accepted.ts'
import type { GeneratedFile, HandWritten, SpecConfig } from './config.ts'
import type { OpenApiDocument } from './document.ts'
import { loadSpec } from './load.ts'
import { permissionsOf } from './permissions.ts'
import { type Problem, SpecError } from './problem.ts'
import { isGenerated } from './run-script.ts'

/** A generated file with absolute paths, and the spec it is generated from. */
export interface SpecFile extends GeneratedFile {
  /** The spec's name in the config. */
  spec: string
  /** What people write for each operation of the spec; paths are absolute. */
  byHand: readonly HandWritten[]
}

/**
 * Everything the configured specs generate. Reads the specs, writes nothing; `onWarning` is told what is
 * not as it should be and stops nothing. Throws `SpecError` for specs that are not sound, and for entries that would be taken for each other.
 */
export async function generate(
  specs: readonly SpecConfig[],
  configFile: string,
  onWarning?: (problem: Problem) => void,
): Promise<SpecFile[]> {
  const folder = dirname(resolve(configFile))
  const loaded = await Promise.allSettled(
    specs.map((spec) => {
      const options = { permissions: permissionsOf(spec, folder), accept: spec.accept, onWarning }
      return loadSpec(resolve(folder, spec.source), spec.rules, options)
    }),
  )
  const problems = loaded.map((result) => {
    if (result.status === 'fulfilled') return []
    if (result.reason instanceof SpecError) return result.reason.problems
    throw result.reason
  })
  const shown = relative(process.cwd(), resolve(configFile)) || configFile
  const foreign = problems.flatMap((found, index) => (specs[index]?.rules === 'vendor' ? found : []))
  throwAny([...findNameFaults(specs, shown), ...problems.flat()], adviceOn(foreign))
  const emitted = await Promise.all(
    loaded.map(async (result, index) => {
      const spec = specs[index]
      if (result.status !== 'fulfilled' || !spec) return []
      const files = await emitAccepted(spec, result.value)
      const byHand = (spec.byHand ?? []).map(({ path, what }) => ({ path: resolve(folder, path), what }))
      return files.map((file) => ({
        ...file,
        spec: spec.name,
        path: resolve(folder, file.path),
        byHand,
        ...(file.folder !== undefined && { folder: resolve(folder, file.folder) }),
      }))
    }),
  )
  const files = emitted.flat()
  throwAny(findClashes(files, folder, shown))
  return files
}

/** The file among those of one spec in which its package publishes the spec itself; none where it does not. */
export function findDescription<T extends GeneratedFile>(files: readonly T[]): T | undefined {
  return files.find(({ path }) => /\.(?:ya?ml|json)$/.test(path))
}

/** What the emitters of a spec make of its document; paths as they give them. */
export async function emitFiles({ source, emitters }: SpecConfig, document: OpenApiDocument): Promise<GeneratedFile[]> {
  const context = { source: source.replace(/^(\.\.?\/)+/, '') }
  return (await Promise.all(emitters.map((emit) => emit(document, context)))).flat()
}

/** Emitters rely on what the linter has shown; where findings are accepted, it has not shown all of it. */
async function emitAccepted(spec: SpecConfig, document: OpenApiDocument): Promise<GeneratedFile[]> {
  try {
    return await emitFiles(spec, document)
  } catch (error) {
    if (!spec.accept?.length || error instanceof SpecError) throw error
    const message = `Expected the findings that \`accept\` names to leave enough to generate from: ${error}.`
    throw new SpecError([{ file: spec.source, message, rule: 'accept' }])
  }
}

function throwAny(problems: Problem[], advice?: string): void {
  if (problems.length > 0) throw new SpecError(problems, advice)
}

/** What can be done about problems of specs that are not ours to mend. */
function adviceOn(problems: readonly Problem[]): string | undefined {
  const example = problems.find(isAcceptable)
  return example && `What is not yours to mend can be taken as it is, in the config: accept: [${entryFor(example)}]`
}

function findNameFaults(specs: readonly SpecConfig[], file: string): Problem[] {
  const names = specs.map(({ name }) => name)
  return names.flatMap((name, index) => {
    const isKebab = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)
    if (isKebab && names.indexOf(name) === index) return []
    const expected = isKebab ? 'a `name` of its own for each spec' : 'a `name` in kebab-case, such as `minimo`'
    const found = `${JSON.stringify(name)}${isKebab ? ' again' : ''}`
    return [{ file, message: `Expected ${expected}; found ${found}.`, rule: 'spec-name' }]
  })
}

/** The later of two files at one path would silently replace the earlier. */
function findClashes(files: readonly SpecFile[], folder: string, file: string): Problem[] {
  const first = new Map<string, string>()
  return files.flatMap(({ spec, path }) => {
    const other = first.get(path)
    first.set(path, other ?? spec)
    if (other === undefined) return []
    const message = `Expected each file to be generated once; ${other} and ${spec} both write ${relative(folder, path)}.`
    return [{ file, message, rule: 'one-writer' }]
  })
}

/** The files whose content on disk differs from what was generated; `read` gives `undefined` where there is none. */
export function findOutdated(files: SpecFile[], read: (path: string) => string | undefined): SpecFile[] {
  return files.filter(({ path, text }) => read(path) !== text)
}

/**
 * The files that nothing generates any more, in folders that are an emitter's: what is in them and says that it is
 * generated. Whatever people have written there stays. `list` names the files below a folder.
 */
export function findAbandoned(
  files: readonly SpecFile[],
  { list, read }: { list: (folder: string) => readonly string[]; read: (path: string) => string | undefined },
): string[] {
  const kept = new Set(files.map(({ path }) => path))
  const folders = new Set(files.flatMap(({ folder }) => folder ?? []))
  const found = new Set([...folders].flatMap((folder) => [...list(folder)]))
  return [...found].filter((path) => !kept.has(path) && isGenerated(read(path) ?? ''))
}
