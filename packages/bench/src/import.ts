import { spawn } from 'node:child_process'
import { createWriteStream, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { createMinimoClient } from '@minimo/client'
import { demoKey } from '@minimo/sandbox'
import manifest from 'import/package.json' with { type: 'json' }
import { formatNumber, formatTable, interleave, median } from './measure.ts'
import { startCli } from './start-cli.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

const concurrency = 16
const rowsPerRound = 100_000
const fewRows = 10_000

const loop = [fileURLToPath(new URL('import-loop.ts', import.meta.url))]
const folderOfApp = new URL('../../../apps/import/', import.meta.url)
/** What its `start` runs, Node's own flags included. */
const app = manifest.scripts.start
  .split(' ')
  .slice(1)
  .map((argument) => (argument.startsWith('-') ? argument : fileURLToPath(new URL(argument, folderOfApp))))
const map = ['email=E-Mail', 'customFields.NAME=Name', 'customFields.SEATS=Seats'].flatMap((pair) => ['--map', pair])

/** What a run came to. */
interface Run {
  seconds: number
  /** Highest resident memory, in MB (10^6 bytes). */
  resident: number
}

/**
 * `apps/import` beside a loop written by hand over undici's pool: whole processes that send one file to a sandbox of
 * their own, 16 rows at once. The loop checks nothing and remembers nothing. Then the import's memory with few and many
 * rows.
 */
export function benchImport(rounds: number, manyRows: number): Promise<string> {
  return withTemporaryFolder(async (folder) => {
    const few = await writeRows(join(folder, 'few.csv'), fewRows)
    const file = await writeRows(join(folder, 'contacts.csv'), rowsPerRound)
    const subjects = [
      { name: 'a loop over undici’s pool', run: () => measure([...loop, file, `${concurrency}`]) },
      { name: 'apps/import', run: () => measureApp(file) },
    ]
    await interleave(subjects, 1)
    const results = await interleave(subjects, rounds)
    const rates = subjects.map(
      ({ name }) => rowsPerRound / median((results.get(name) ?? []).map(({ seconds }) => seconds)),
    )
    const speed = subjects.map(({ name }, index) => {
      const rate = rates[index] ?? Number.NaN
      return [name, formatNumber(rate), (rate / (rates[0] ?? Number.NaN)).toFixed(2)]
    })
    const many = await writeRows(join(folder, 'many.csv'), manyRows)
    const sizes = [await measureApp(few), await measureApp(many)].map(({ resident }) => resident)
    const memory = sizes.map((resident, index) => [
      formatNumber([fewRows, manyRows][index] ?? 0),
      formatNumber(resident),
      (resident / (sizes[0] ?? Number.NaN)).toFixed(2),
    ])
    return `${formatTable(['import', 'rows/s', 'ratio'], speed)}\n\n${formatTable(['rows', 'MB at most', 'ratio'], memory)}`
  })
}

async function writeRows(file: string, count: number): Promise<string> {
  const rows = function* () {
    yield 'E-Mail,Name,Seats,Newsletter\n'
    for (let row = 0; row < count; row++)
      yield `person-${row}@example.com,"Person, ${row}",${row % 50},${row % 3 ? 'yes' : 'no'}\n`
  }
  await pipeline(rows, createWriteStream(file))
  return file
}

async function measureApp(file: string): Promise<Run> {
  rmSync(`${file}.journal`, { force: true })
  return measure([...app, file, ...map, '--consent', 'email=Newsletter', '--concurrency', `${concurrency}`])
}

/** Runs a program of Node to its end, against a sandbox that nobody has used yet. Rejects where it fails. */
async function measure(command: readonly string[]): Promise<Run> {
  const sandbox = await startCli()
  try {
    const minimo = createMinimoClient({ apiKey: demoKey, baseUrl: sandbox.url })
    await minimo.customFields.create({ key: 'NAME', displayName: 'Name', type: 'text' })
    await minimo.customFields.create({ key: 'SEATS', displayName: 'Seats', type: 'number' })
    const start = performance.now()
    const env = { ...process.env, MINIMO_API_URL: sandbox.url, MINIMO_API_KEY: demoKey }
    const child = spawn(process.execPath, ['--import', reportMemory, ...command], {
      env,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    })
    const [errors, kilobytes, status] = await Promise.all([
      buffer(child.stderr as Readable),
      buffer(child.stdio[3] as Readable),
      new Promise((resolve) => child.once('close', resolve)),
    ])
    if (status !== 0) throw new Error(`${command[0]} ended with ${status}: ${errors}`)
    return { seconds: (performance.now() - start) / 1000, resident: (Number(kilobytes) * 1024) / 1e6 }
  } finally {
    await sandbox.close()
  }
}

/** Runs in the process before the program: writes its highest resident memory, in kB, to the fourth stream. */
const reportMemory = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs'
  process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)))`)}`
