import { basename } from 'node:path'
import type { GeneratedFile, SpecConfig } from '../spec/config.ts'

type Described = Pick<SpecConfig, 'name' | 'source' | 'rules'>

/** What of a package is not generated: it is written once, and its owner's from then on. */
export function scaffold(
  name: string,
  { spec, generated }: { spec: Described; generated: readonly GeneratedFile[] },
): GeneratedFile[] {
  const hasEvents = generated.some(({ path, text }) => path.endsWith('.yaml') && text.includes('text/event-stream'))
  return [
    { path: 'package.json', text: json(manifest(name, { source: spec.source, hasEvents })) },
    { path: 'tsconfig.json', text: json(settings) },
    { path: 'tsconfig.build.json', text: json(build) },
    { path: 'codegen.config.ts', text: configText(spec) },
    { path: 'test/contract.test.ts', text: contractText(spec.rules) },
    { path: 'README.md', text: readmeText(name, { source: spec.source, hasEvents }) },
    ...(hasEvents ? [{ path: 'src/events.ts', text: events }] : []),
  ]
}

/** What readers of event streams need, and nobody else. */
const events = "export { type EventOptions, readEvents, type ServerSentEvent } from '@minimo/client/events'\n"

/** What a package is made for, and whether its API streams events. */
interface Contents {
  source: string
  hasEvents: boolean
}

/** Of this workspace a package needs at run time nothing: what its client is made of is put into it when it is built. */
function manifest(name: string, { source, hasEvents }: Contents) {
  return {
    name,
    version: '0.0.0',
    description: `Types, operations and a typed client, generated from ${basename(source)}.`,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.19' },
    exports: {
      '.': './dist/gen/index.js',
      './schemas': './dist/gen/schemas.js',
      ...(hasEvents && { './events': './dist/events.js' }),
      './openapi.yaml': './openapi.yaml',
      './package.json': './package.json',
    },
    files: ['dist', 'openapi.yaml', 'CHANGELOG.md'],
    scripts: {
      generate: 'node ../codegen/src/cli.ts generate codegen.config.ts',
      'spec:diff': 'node ../codegen/src/cli.ts diff codegen.config.ts',
      'spec:changeset': 'node ../codegen/src/cli.ts changeset codegen.config.ts',
      build: 'tsc -p tsconfig.build.json && node ../codegen/src/cli.ts inline .',
      check: 'pnpm run generate --check && tsc && publint --strict --pack false',
      test: 'vitest run --testTimeout=60000 --hookTimeout=60000',
    },
    dependencies: { 'openapi-fetch': 'catalog:' },
    devDependencies: {
      '@minimo/client': 'workspace:*',
      '@types/node': 'catalog:',
      codegen: 'workspace:*',
      contract: 'workspace:*',
      ...(hasEvents && { 'eventsource-parser': 'catalog:' }),
      publint: 'catalog:',
      typescript: 'catalog:',
      vitest: 'catalog:',
    },
    ...(hasEvents && {
      peerDependencies: { 'eventsource-parser': '^3.1.0 || ^4.0.0' },
      peerDependenciesMeta: { 'eventsource-parser': { optional: true } },
    }),
  }
}

const settings = {
  extends: '../../tsconfig.base.json',
  compilerOptions: { lib: ['es2023', 'dom', 'dom.iterable'], types: ['node'] },
  include: ['src', 'test'],
}

const build = {
  extends: './tsconfig.json',
  compilerOptions: { noEmit: false, rootDir: 'src', outDir: 'dist', declaration: true },
  include: ['src'],
}

const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`

const configText = ({ name, source, rules }: Described) => `import { defineSpec, type SpecConfig } from 'codegen'

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

const readmeText = (name: string, { source, hasEvents }: Contents) => `# ${name}

Generated from \`${basename(source)}\`: its types, its table of operations, its JSON Schemas (\`${name}/schemas\`), the description in one file (\`${name}/openapi.yaml\`), and a typed client.

\`\`\`ts
import { createClient, isApiError } from '${name}'

const api = createClient()
\`\`\`

\`isApiError\` and the error classes beside it tell what a call was rejected with; \`InputOf\`, \`OutputOf\` and \`ErrorOf\` name the types of an operation by its id.
${hasEvents ? `\n\`${name}/events\` reads answers that stream events; it needs the package \`eventsource-parser\`.\n` : ''}`
