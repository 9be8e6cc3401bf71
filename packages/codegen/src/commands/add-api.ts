import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { defineSpec } from '../emitters/define-spec.ts'
import type { GeneratedFile, SpecConfig } from '../spec/config.ts'
import { generate } from '../spec/generate.ts'
import { createGit } from '../spec/git.ts'
import { displayPath, formatProblems, type Problem } from '../spec/problem.ts'
import { ruleSets } from '../spec/rules.ts'
import { runScript } from '../spec/run-script.ts'
import { UserError } from '../spec/user-error.ts'
import type { Command } from './command.ts'

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
    const written = [...scaffold(name, spec), ...generated]
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

/** What of a package is not generated: it is written once, and its owner's from then on. */
function scaffold(
  name: string,
  { source, rules, ...spec }: Pick<SpecConfig, 'name' | 'source' | 'rules'>,
): GeneratedFile[] {
  const manifest = {
    name,
    version: '0.0.0',
    description: `Types, operations and a typed client, generated from ${basename(source)}.`,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.19' },
    exports: {
      '.': './dist/gen/index.js',
      './schemas': './dist/gen/schemas.js',
      './openapi.yaml': './openapi.yaml',
      './package.json': './package.json',
    },
    files: ['dist', 'src', 'openapi.yaml', 'CHANGELOG.md'],
    scripts: {
      generate: 'node ../codegen/src/cli.ts generate codegen.config.ts',
      'spec:diff': 'node ../codegen/src/cli.ts diff codegen.config.ts',
      'spec:changeset': 'node ../codegen/src/cli.ts changeset codegen.config.ts',
      build: 'tsc -p tsconfig.build.json',
      check: 'pnpm run generate --check && tsc && publint --strict --pack false',
      test: 'vitest run --testTimeout=60000 --hookTimeout=60000',
    },
    dependencies: { '@minimo/client': 'workspace:^' },
    devDependencies: {
      '@types/node': 'catalog:',
      codegen: 'workspace:*',
      contract: 'workspace:*',
      publint: 'catalog:',
      typescript: 'catalog:',
      vitest: 'catalog:',
    },
  }
  const build = {
    extends: './tsconfig.json',
    compilerOptions: {
      noEmit: false,
      rootDir: 'src',
      outDir: 'dist',
      declaration: true,
      declarationMap: true,
      sourceMap: true,
    },
    include: ['src'],
  }
  return [
    { path: 'package.json', text: json(manifest) },
    {
      path: 'tsconfig.json',
      text: json({
        extends: '../../tsconfig.base.json',
        compilerOptions: { lib: ['es2023', 'dom', 'dom.iterable'], types: ['node'] },
        include: ['src', 'test'],
      }),
    },
    { path: 'tsconfig.build.json', text: json(build) },
    { path: 'codegen.config.ts', text: configText({ ...spec, source, rules }) },
    { path: 'test/contract.test.ts', text: contractText(rules) },
    { path: 'README.md', text: readmeText(name, source) },
  ]
}

const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`

const configText = ({
  name,
  source,
  rules,
}: Pick<SpecConfig, 'name' | 'source' | 'rules'>) => `import { defineSpec, type SpecConfig } from 'codegen'

/** What this package is generated from. */
export const specs: SpecConfig[] = [defineSpec({ name: '${name}', source: '${source}', rules: '${rules}' })]
`

const contractText = (rules: SpecConfig['rules']) => `import { fileURLToPath } from 'node:url'
import { describeRequests } from 'contract/requests'
import { createClient, securitySchemes } from '../src/gen/index.ts'
import { schemas } from '../src/gen/schemas.ts'

describeRequests({
  specFile: fileURLToPath(new URL('../openapi.yaml', import.meta.url)),
  schemas,
  securitySchemes,
  createClient,${rules === 'vendor' ? "\n  // Others' schemas may allow nothing, or say what the judge does not read.\n  unjudged: 'skip'," : ''}
})
`

const readmeText = (name: string, source: string) => `# ${name}

Generated from [\`${basename(source)}\`](${source}): its types, its table of operations, its JSON Schemas (\`${name}/schemas\`), the description in one file (\`${name}/openapi.yaml\`), and a typed client.

\`\`\`ts
import { createClient } from '${name}'

const api = createClient()
\`\`\`

\`generate\` brings \`src/gen\` and \`openapi.yaml\` in line with the description; nobody edits them by hand. \`test\` sends requests of each operation to a mock that reads the same description.
`
