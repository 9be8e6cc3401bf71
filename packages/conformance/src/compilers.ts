import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run, type Tools } from 'packed'
import type { Check } from './check.ts'
import type { Result } from './stage.ts'

/** Settings a partner may compile with. */
export interface Settings {
  name: string
  strict: boolean
  exactOptionalPropertyTypes: boolean
  skipLibCheck: boolean
}

/** How modules are found. TypeScript 5 alone has `node10`, its default for CommonJS; it reads no `exports`. */
export const resolutions = ['bundler', 'node16', 'nodenext'] as const
type Resolution = (typeof resolutions)[number] | 'node10'

/**
 * What is tried of all combinations. Where declarations are checked and compile, they also do with `skipLibCheck`,
 * which only leaves errors out; `exactOptionalPropertyTypes` needs `strict`. So two settings for each way of
 * finding modules, and two more for one of them, cover the rest.
 */
const settings: readonly Settings[] = [
  { name: 'strict, exact', strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false },
  { name: 'loose', strict: false, exactOptionalPropertyTypes: false, skipLibCheck: false },
]
const moreSettings: readonly Settings[] = [
  { name: 'strict', strict: true, exactOptionalPropertyTypes: false, skipLibCheck: false },
  { name: 'strict, skipLibCheck', strict: true, exactOptionalPropertyTypes: false, skipLibCheck: true },
]

/** A compiler, and where the types of Node are for it. */
export interface Compiler {
  tsc: string
  /** Folder of the `@types` packages, where those of Node are. */
  types: string
}

const here = fileURLToPath(new URL('../node_modules/', import.meta.url))

/** The optional peers, for their types only: they are not installed in the consumer, so that the suite runs without. */
const peers = {
  'eventsource-parser': [`${here}eventsource-parser/dist/index.d.ts`],
  standardwebhooks: [`${here}standardwebhooks/dist/index.d.ts`],
  undici: [`${here}undici/index.d.ts`],
  '@opentelemetry/api': [`${here}@opentelemetry/api/dist/index.d.cts`],
}

/** Plans one check per compiler and way of finding modules. */
export function planCompilers(tools: Tools): Check[] {
  return ['5.4', '5.9', '6', '7'].flatMap((version) => {
    const name = `typescript-${version}`
    const compiler: Compiler = { tsc: tools.file(name, 'bin/tsc'), types: tools.file('@types', '') }
    const tried: Resolution[] = version.startsWith('5.') ? [...resolutions, 'node10'] : [...resolutions]
    return tried.map((resolution) => ({
      name: `TypeScript ${tools.version(name) ?? version}, ${resolution}`,
      package: name,
      run: ({ consumer }) => compileAll(consumer, compiler, resolution),
    }))
  })
}

/** Compiles the consumer with each of the settings that are tried for this way of finding modules. */
export async function compileAll(consumer: string, compiler: Compiler, resolution: Resolution): Promise<Result[]> {
  const results: Result[] = []
  for (const one of resolution === 'bundler' ? [...settings, ...moreSettings] : settings) {
    results.push(await compile(consumer, compiler, resolution, one))
  }
  return results
}

async function compile(
  consumer: string,
  { tsc, types }: Compiler,
  resolution: Resolution,
  { name, ...flags }: Settings,
): Promise<Result> {
  // Bundled code lives in a browser or a worker, the rest on Node, whose types stand in for those of the DOM.
  const isBundled = resolution === 'bundler'
  const globals = isBundled
    ? { lib: ['es2022', 'dom'], types: [] }
    : { lib: ['es2022'], types: ['node'], typeRoots: [types], paths: peers }
  const module = isBundled ? 'esnext' : resolution === 'node10' ? 'commonjs' : resolution
  const compilerOptions = { ...flags, ...globals, module, moduleResolution: resolution, target: 'es2022', noEmit: true }
  const sources = ['everything.ts', 'mistakes.ts']
  if (flags.strict) sources.push('strict.ts')
  if (!isBundled) sources.push('subpaths.ts')
  const required = [...sources.map((name) => `commonjs/${name}`), 'required.cts']
  const files = [...(resolution === 'node10' ? [] : sources), ...(isBundled ? [] : required)]
  const config = join(consumer, `tsconfig.${process.hrtime.bigint()}.json`)
  await writeFile(config, JSON.stringify({ compilerOptions, files }))
  return run(process.execPath, [tsc, '-p', config, '--pretty', 'false'], { cwd: consumer }).then(
    () => ({ name, ok: true }),
    (error: unknown) => ({ name, ok: false, error: String(error) }),
  )
}
