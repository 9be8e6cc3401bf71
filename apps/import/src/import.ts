// Brings the rows of a CSV file in as contacts. README.md says how; --help lists the options.
import { basename } from 'node:path'
import { pino } from 'pino'
import { createCheck } from './check.ts'
import { type Config, help, readConfig } from './config.ts'
import { connect } from './connect.ts'
import { readRows, writeRejects } from './csv.ts'
import { openLedger } from './ledger.ts'
import { count, type Progress, showProgress } from './progress.ts'
import { sendRows } from './send.ts'

const [stopping, leaving] = [new AbortController(), new AbortController()]
const progress: Progress = {
  ...{ rows: 0, earlier: 0, pending: 0, sent: 0, rejected: 0 },
  ...{ startedAt: 0, pausedUntil: 0, pausedBy: undefined },
}

/** Checks all rows, then sends those that are new. */
async function run(config: Config): Promise<void> {
  const { csv, columns, apiKey, concurrency } = config
  const { minimo, journal, close } = await connect(config, ({ milliseconds, status }) => {
    const pausedUntil = performance.now() + milliseconds
    if (pausedUntil > progress.pausedUntil) Object.assign(progress, { pausedUntil, pausedBy: status })
    if (stopping.signal.aborted) leaving.abort()
  })
  // Of the key only what names the client counts: a new secret makes no other company.
  const target = `${process.env.MINIMO_API_URL} ${apiKey.split('-')[1]}`
  const ledger = await openLedger(journal, target, config['retry-refused'])
  const hide = showProgress(progress, process.stderr, pino({ base: null }, pino.destination(2)))
  try {
    const isCustom = columns.some(([kind]) => kind.startsWith('customFields'))
    const check = createCheck(config, isCustom ? await minimo.customFields.list() : [])
    for await (const row of readRows(csv)) {
      ledger.add(++progress.rows, row, check(row))
      stopping.signal.throwIfAborted()
    }
    const { pending, rejected } = ledger.plan()
    const earlier = progress.rows - pending - rejected
    Object.assign(progress, { pending, rejected, earlier, startedAt: performance.now() })
    const sender = { contacts: minimo.contacts, concurrency, progress, stopping, leaving: leaving.signal }
    if (!config['dry-run']) await sendRows(ledger, sender)
  } finally {
    hide()
    if (progress.startedAt > 0) await report(config, ledger.rejects())
    ledger.close()
    await close()
  }
}

async function report({ csv, 'dry-run': isDry }: Config, rejects: Iterable<string[]>): Promise<void> {
  const file = progress.rejected > 0 ? await writeRejects(csv, rejects) : ''
  const left = progress.rows - progress.sent - progress.earlier - progress.rejected
  console.log(`${progress.rows} rows: ${count(progress)}, ${left} ${isDry ? 'to be sent' : 'left'}`)
  if (file) console.log(`Mend the rejected rows in ${basename(file)}, and import that file in the same way.`)
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (stopping.signal.aborted) process.exit(1)
    stopping.abort(new Error('Stopped; the same command goes on from here.'))
    if (progress.pausedUntil > performance.now()) leaving.abort()
  })
}
try {
  // Where npm and pnpm were called, if they were: they change to the folder of the package.
  process.chdir(process.env.INIT_CWD ?? '.')
  const args = process.argv.slice(2)
  if (args.length === 0 || args.includes('--help')) console.log(help)
  else {
    await run(readConfig(args, process.env))
    process.exitCode = progress.rejected > 0 ? 3 : 0
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
