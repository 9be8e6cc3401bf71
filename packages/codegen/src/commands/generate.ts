import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findAbandoned, findOutdated, generate, type SpecFile } from '../spec/generate.ts'
import { formatProblems, type Problem } from '../spec/problem.ts'
import { runScript } from '../spec/run-script.ts'
import type { Command } from './command.ts'
import { nextSteps } from './next-steps.ts'

/** `generate CONFIG [--check]`: writes what the config lists for each spec. */
export const generateCommand: Command<{ check: { type: 'boolean' } }> = {
  operand: 'CONFIG',
  options: { check: { type: 'boolean' } },
  usage: `Usage: codegen generate CONFIG [--check]

Generates what CONFIG (a module that exports \`specs\`) lists for each spec.

  --check   write nothing; fail when a generated file differs from what is on disk, or nothing generates it any more`,

  async run({ file: configFile, values: { check } }) {
    const start = performance.now()
    const warnings: Problem[] = []
    const { files, outdated, abandoned } = await readOutdated(configFile, (problem) => warnings.push(problem))
    if (warnings.length > 0) console.error(formatProblems(warnings))
    const names = tellStale({ outdated, abandoned })
      .map((line) => `${line}\n`)
      .join('')
    if (check && names !== '') {
      console.error(
        `Generated files differ from their spec:\n${names}Run \`${runScript('generate')}\` and commit the result.`,
      )
      return 1
    }
    const steps = await nextSteps(outdated)
    if (!check) {
      outdated.forEach(writeWhole)
      abandoned.forEach(remove)
    }
    const took = Math.round(performance.now() - start)
    const done = [
      ...(outdated.length > 0 ? [`${outdated.length} written`] : []),
      ...(abandoned.length > 0 ? [`${abandoned.length} removed`] : []),
    ]
    const summary = `${files.length} generated files, ${done.length === 0 ? 'all up to date' : done.join(', ')}`
    console.log([`${summary} (${took} ms)\n${names}`.trimEnd(), ...steps].join('\n'))
    return 0
  },
}

/** What a config no longer agrees with on disk. */
interface Stale {
  /** Files that differ from what is on disk. */
  outdated: SpecFile[]
  /** Paths of files that nothing generates any more. */
  abandoned: string[]
}

/** A line for each file that is not as it should be. */
export const tellStale = ({ outdated, abandoned }: Stale): string[] => [
  ...outdated.map(({ path }) => `  ${relative(process.cwd(), path)}`),
  ...abandoned.map((path) => `  ${relative(process.cwd(), path)} (nothing generates it any more)`),
]

/** All files of a config, and what on disk differs from them; `onWarning` is told what stops nothing. */
export async function readOutdated(configFile: string, onWarning?: (problem: Problem) => void) {
  const { specs } = await import(pathToFileURL(resolve(configFile)).href)
  const files = await generate(specs, configFile, onWarning)
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
  return { files, outdated: findOutdated(files, read), abandoned: findAbandoned(files, { list: listFiles, read }) }
}

const listFiles = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
    : []

/** Removes a file, and its folder if that is empty then. */
function remove(path: string): void {
  rmSync(path)
  if (readdirSync(dirname(path)).length === 0) rmdirSync(dirname(path))
}

/** Writes a file so that a reader, or an interrupted run, never sees half of it. */
export function writeWhole({ path, text }: { path: string; text: string }): void {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.tmp`
  writeFileSync(draft, text)
  renameSync(draft, path)
}
