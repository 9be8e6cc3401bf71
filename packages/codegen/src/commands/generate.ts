import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findOutdated, generate } from '../spec/generate.ts'
import { formatProblems, type Problem } from '../spec/problem.ts'
import { runScript } from '../spec/run-script.ts'
import type { Command } from './command.ts'
import { nextSteps } from './next-steps.ts'

/** `generate CONFIG [--check]`: writes what the config lists for each spec. */
export const generateCommand: Command<{ check: { type: 'boolean' } }> = {
  options: { check: { type: 'boolean' } },
  usage: `Usage: codegen generate CONFIG [--check]

Generates what CONFIG (a module that exports \`specs\`) lists for each spec.

  --check   write nothing; fail when a generated file differs from what is on disk`,

  async run({ configFile, values: { check } }) {
    const start = performance.now()
    const warnings: Problem[] = []
    const { files, outdated } = await readOutdated(configFile, (problem) => warnings.push(problem))
    if (warnings.length > 0) console.error(formatProblems(warnings))
    const names = outdated.map(({ path }) => `  ${relative(process.cwd(), path)}\n`).join('')
    if (check && outdated.length > 0) {
      console.error(
        `Generated files differ from their spec:\n${names}Run \`${runScript('generate')}\` and commit the result.`,
      )
      return 1
    }
    const steps = await nextSteps(outdated)
    if (!check) outdated.forEach(writeWhole)
    const took = Math.round(performance.now() - start)
    const summary = `${files.length} generated files, ${check || outdated.length === 0 ? 'all up to date' : `${outdated.length} written`}`
    console.log([`${summary} (${took} ms)\n${names}`.trimEnd(), ...steps].join('\n'))
    return 0
  },
}

/** All files of a config, and those that differ from what is on disk; `onWarning` is told what stops nothing. */
export async function readOutdated(configFile: string, onWarning?: (problem: Problem) => void) {
  const { specs } = await import(pathToFileURL(resolve(configFile)).href)
  const files = await generate(specs, configFile, onWarning)
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
  return { files, outdated: findOutdated(files, read) }
}

/** Writes a file so that a reader, or an interrupted run, never sees half of it. */
export function writeWhole({ path, text }: { path: string; text: string }): void {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.tmp`
  writeFileSync(draft, text)
  renameSync(draft, path)
}
