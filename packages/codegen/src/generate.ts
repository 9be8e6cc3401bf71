import { dirname, resolve } from 'node:path'
import type { GeneratedFile, SpecConfig } from './config.ts'
import { loadSpec } from './load.ts'
import { SpecError } from './problem.ts'

/** Everything the configured specs generate, with absolute paths. Reads the specs, writes nothing. */
export async function generate(specs: SpecConfig[], configFile: string): Promise<GeneratedFile[]> {
  const folder = dirname(resolve(configFile))
  const loaded = await Promise.allSettled(specs.map(({ source, rules }) => loadSpec(resolve(folder, source), rules)))
  const problems = loaded.flatMap((result) => {
    if (result.status === 'fulfilled') return []
    if (result.reason instanceof SpecError) return result.reason.problems
    throw result.reason
  })
  if (problems.length > 0) throw new SpecError(problems)
  return loaded.flatMap((result, index) => {
    const spec = specs[index]
    if (result.status !== 'fulfilled' || !spec) return []
    const source = spec.source.replace(/^(\.\.?\/)+/, '')
    const files = spec.emitters.flatMap((emit) => emit(result.value, { source }))
    return files.map(({ path, text }) => ({ path: resolve(folder, path), text }))
  })
}

/** The files whose content on disk differs from what was generated; `read` gives `undefined` where there is none. */
export function findOutdated(files: GeneratedFile[], read: (path: string) => string | undefined): GeneratedFile[] {
  return files.filter(({ path, text }) => read(path) !== text)
}
