import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { run } from 'packed'
import { formatNumber, formatTable, interleave, median } from './measure.ts'

/** What a compiler says of one program. */
interface Diagnostics {
  instantiations: number
  /** Seconds. */
  checkTime: number
}

const compilers = { 'TypeScript 7': 'typescript', 'TypeScript 5.9': 'typescript-5.9' }
const consumers = { 'raw types': 'raw-types.ts', '@minimo/client': 'every-method.ts' }

const options = '--noEmit --strict --skipLibCheck --target es2022 --module nodenext --lib es2023,dom,dom.iterable'

/** What the types cost a consumer that uses every method, beside one that uses the raw types for the same calls. */
export async function benchTypes(rounds: number): Promise<string> {
  const rows: string[][] = []
  for (const [compiler, folder] of Object.entries(compilers)) {
    const subjects = Object.entries(consumers).map(([name, file]) => ({ name, run: () => compile(folder, file) }))
    const results = await interleave(subjects, rounds)
    const middle = (name: string, of: keyof Diagnostics) => median((results.get(name) ?? []).map((one) => one[of]))
    for (const name of Object.keys(consumers)) {
      const ratio = (of: keyof Diagnostics) => (middle(name, of) / middle('raw types', of)).toFixed(2)
      const figures = [formatNumber(middle(name, 'instantiations')), ratio('instantiations')]
      rows.push([compiler, name, ...figures, (middle(name, 'checkTime') * 1000).toFixed(0), ratio('checkTime')])
    }
  }
  return formatTable(['compiler', 'consumer', 'instantiations', 'ratio', 'check ms', 'ratio'], rows)
}

async function compile(folder: string, file: string): Promise<Diagnostics> {
  const tsc = createRequire(import.meta.url)
    .resolve(`${folder}/package.json`)
    .replace('package.json', 'bin/tsc')
  const path = fileURLToPath(new URL(`consumers/${file}`, import.meta.url))
  const args = [tsc, ...options.split(' '), '--extendedDiagnostics', path]
  // Elsewhere, so that neither our own configuration nor our `@types` count.
  const { stdout } = await run(process.execPath, args, { cwd: tmpdir() })
  const figure = (name: string) => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1])
  return { instantiations: figure('Instantiations'), checkTime: figure('Check time') }
}
