// Brings the rows of a CSV file in as contacts. README.md says how; --help lists the options.
import { basename } from 'node:path'
import { pino } from 'pino'
import { createCheck } from './check.ts'
import { type Config, help, readConfig } from './config.ts'
import { connect } from './connect.ts'
import { createRejects, readRows } from './csv.ts'
import { openLedger } from './ledger.ts'
import { count, type Progress, showProgress } from './progress.ts'
import { sendRows } from './send.ts'

const [stopping, leaving] = [new AbortController(), new AbortController()]
const progress: Progress = { rows: 0, sent: 0, earlier: 0, rejected: 0, startedAt: 0, pausedUntil: 0 }

/** Checks all rows, then sends those that are new. */
async function run(config: Config): Promise<void> {
  const { columns, apiKey, concurrency, 'dry-run': isDry } = config
  const { minimo, journal, close } = await connect(config, ({ milliseconds, status }) => {
    const pausedUntil = performance.now() + milliseconds
    if (pausedUntil > progress.pausedUntil) Object.assign(progress, { pausedUntil, pausedBy: status })
    if (stopping.signal.aborted) leaving.abort(stopping.signal.reason)
  })
  const hide = showProgress(progress, process.stderr, pino({ base: null }, pino.destination(2)))
  const { write: reject, close: endRejects } = createRejects(config)
  try {
    const isCustom = columns.some(([kind]) => kind.startsWith('customFields'))
    const check = createCheck(config, isCustom ? await minimo.customFields.list({ signal: leaving.signal }) : [])
    // Of the key only what names the client counts: a new secret makes no other company.
    const ledger = await openLedger(journal, `${process.env.MINIMO_API_URL} ${apiKey.split('-')[1]}`)
    const checked = async function* () {
      for await (const cells of readRows(config)) yield check(cells)
    }
    for await (const _ of checked()) {
      progress.rows++
      stopping.signal.throwIfAborted()
    }
    progress.startedAt = performance.now()
    const { contacts } = minimo
    await sendRows(checked(), { contacts, ledger, progress, reject, concurrency, isDry, stopping, leaving })
  } finally {
    hide()
    await close()
    const [counts, left] = count(progress)
    console.log(`${progress.rows} rows: ${counts}, ${left} ${isDry ? 'to be sent' : 'left'}`)
    const file = endRejects()
    if (file) console.log(`Mend the rejected rows in ${basename(file)}, and import that file in the same way.`)
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (stopping.signal.aborted) process.exit(1)
    stopping.abort(new Error('Stopped; the same command goes on from here.'))
    if (progress.pausedUntil > performance.now()) leaving.abort(stopping.signal.reason)
  })
}
try {
  // Where npm and pnpm were called, if they were: they change to the folder of the package.
  process.chdir(process.env.INIT_CWD ?? '.')
  const args = process.argv.slice(2)
  if (args.length === 0 || args.includes('--help')) console.log(help)
  else await run(readConfig(args, process.env))
  process.exitCode = progress.rejected > 0 ? 3 : 0
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
