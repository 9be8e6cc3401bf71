import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { defineSpec } from '../emitters/define-spec.ts'
import type { SpecConfig } from '../spec/config.ts'
import { generate } from '../spec/generate.ts'
import { createGit } from '../spec/git.ts'
import { displayPath, formatProblems, type Problem } from '../spec/problem.ts'
import { ruleSets } from '../spec/rules.ts'
import { runScript } from '../spec/run-script.ts'
import { UserError } from '../spec/user-error.ts'
import type { Command } from './command.ts'
import { scaffold } from './scaffold.ts'

/** `add-api SPEC --name NAME`: makes the package of another API, with everything that is generated for it. */
export const addApiCommand: Command<{ name: { type: 'string' }; to: { type: 'string' }; rules: { type: 'string' } }> = {
  operand: 'SPEC',
  options: { name: { type: 'string' }, to: { type: 'string' }, rules: { type: 'string' } },
  usage: `Usage: codegen add-api SPEC --name NAME [--to FOLDER] [--rules vendor|house]

Makes a package of the API that SPEC (a description within this repository) describes: its types, its table of
operations, its JSON Schemas, the description in one file, a typed client, and a contract test of each operation.

  --name    the package's name, such as @acme/pets
  --to      its folder, which may not exist yet; default: packages/, and the name without its scope
  --rules   vendor (default): the description is not ours to mend; house: it keeps every rule of ours`,

  async run({ file, values: { name = '', to, rules = 'vendor' } }) {
    const api = checkName(name)
    const root = createGit(dirname(file))('rev-parse', '--show-toplevel').output || process.cwd()
    const folder = resolve(to ?? join(root, 'packages', api))
    checkFolder(folder)
    const spec = { name: api, source: relative(folder, resolve(file)).split(sep).join('/'), rules: checkRules(rules) }
    const warnings: Problem[] = []
    const generated = await generate([defineSpec(spec)], join(folder, 'codegen.config.ts'), (one) => warnings.push(one))
    if (warnings.length > 0) console.error(formatProblems(warnings))
    const written = [...scaffold(name, { spec, generated }), ...generated]
    for (const { path, text } of written) {
      const target = resolve(folder, path)
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, text)
    }
    const shown = displayPath(folder)
    console.log(`${name} is in ${shown}. \`${runScript('install')}\` links what it needs, \`${runScript(`--filter ${name} test`)}\` tries it.
Before it is published, its ${join(shown, 'package.json')} needs a license and a repository.`)
    return 0
  },
}

/** The name of an API, which is that of its package without the scope. */
function checkName(name: string): string {
  const [, api] = /^(?:@[a-z0-9][a-z0-9._-]*\/)?([a-z][a-z0-9]*(?:-[a-z0-9]+)*)$/.exec(name) ?? []
  if (api !== undefined) return api
  throw new UserError(`Expected --name to be the name of a package, such as @acme/pets; found ${JSON.stringify(name)}.`)
}

function checkFolder(folder: string): void {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return
  throw new UserError(`Expected a folder that is empty or not there yet; found files in ${displayPath(folder)}.`)
}

function checkRules(rules: string): SpecConfig['rules'] {
  const known = ruleSets.find((one) => one === rules)
  if (known) return known
  throw new UserError(`Expected --rules to be ${ruleSets.join(' or ')}; found ${rules}.`)
}
