import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { dirname, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

enableCompileCache()

const usage = `Usage: codegen generate CONFIG [--check]

Generates what CONFIG (a module that exports \`specs\`) lists for each spec.

  --check   write nothing; fail when a generated file differs from what is on disk`

/** Where the program meets the terminal: arguments in, text out. Returns the exit code. */
async function main(args: string[]): Promise<number> {
  const start = performance.now()
  const { command, configFile, check } = readArguments(args)
  if (command !== 'generate' || !configFile || !existsSync(configFile)) {
    console.error(configFile && command === 'generate' ? `${configFile} does not exist.\n\n${usage}` : usage)
    return 2
  }
  const { generate, findOutdated } = await import('./generate.ts')
  const { SpecError } = await import('./problem.ts')
  try {
    const { specs } = await import(pathToFileURL(resolve(configFile)).href)
    const files = await generate(specs, configFile)
    const outdated = findOutdated(files, (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined))
    const names = outdated.map(({ path }) => `  ${relative(process.cwd(), path)}\n`).join('')
    if (check && outdated.length > 0) {
      console.error(`Generated files differ from their spec:\n${names}Run \`pnpm generate\` and commit the result.`)
      return 1
    }
    if (!check) outdated.forEach(writeWhole)
    const took = Math.round(performance.now() - start)
    const summary = `${files.length} generated files, ${check || outdated.length === 0 ? 'all up to date' : `${outdated.length} written`}`
    console.log(`${summary} (${took} ms)\n${names}`.trimEnd())
    return 0
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    console.error(`${error.message}\n\nNothing was written: mend the spec and run \`pnpm generate\` again.`)
    return 1
  }
}

function readArguments(args: string[]) {
  try {
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { check: { type: 'boolean' } } })
    return { command: positionals[0], configFile: positionals[1], check: values.check ?? false }
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return { command: undefined, configFile: undefined, check: false }
  }
}

/** A reader, or an interrupted run, never sees half a file. */
function writeWhole({ path, text }: { path: string; text: string }): void {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}.tmp`
  writeFileSync(draft, text)
  renameSync(draft, path)
}

process.exitCode = await main(process.argv.slice(2))
