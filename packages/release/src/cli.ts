import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { publishSnapshot, SnapshotError, type SnapshotOptions } from './snapshot.ts'
import { type Step, StepError } from './steps.ts'
import { TakeOutError, takeOut } from './take-out.ts'

const usage = `Usage: npx --yes pnpm@12.21.0 release:rehearse
       npx --yes pnpm@12.21.0 release:snapshot --tag NAME [--registry URL]
       npx --yes pnpm@12.21.0 take-out APP FOLDER

  release:rehearse   release a copy of this workspace, and three edits of its spec, to a registry on this machine
  release:snapshot   publish the spec changes of this commit under a dist-tag, for partners to try
  take-out           copy an app to a folder outside of this workspace, for npm to install

  --tag              the dist-tag, in lower-case letters, digits and hyphens
  --registry         where to publish; default: where pnpm publishes to
  APP                the name of its folder in apps
  FOLDER             a new folder, such as ../my-import`

/** What the command line asks for. */
type SnapshotArguments = Pick<SnapshotOptions, 'tag' | 'registry'>

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Where the program meets the terminal: arguments in, text out. Returns the exit code. */
async function main([command = '', ...args]: string[], signal: AbortSignal): Promise<number> {
  if (command === 'rehearse' && args.length === 0) return runRehearsal(signal)
  if (command === 'take-out' && args.length === 2) return runTakeOut(args, signal)
  const wanted = command === 'snapshot' ? readSnapshot(args) : undefined
  if (wanted) return runSnapshot(wanted, signal)
  const isHelp = [command, ...args].includes('--help')
  console[isHelp ? 'log' : 'error'](usage)
  return isHelp ? 0 : 2
}

function readSnapshot(args: string[]): SnapshotArguments | undefined {
  try {
    const { values } = parseArgs({ args, options: { tag: { type: 'string' }, registry: { type: 'string' } } })
    return { ...values, tag: values.tag ?? '' }
  } catch {
    return undefined
  }
}

async function runRehearsal(signal: AbortSignal): Promise<number> {
  console.log('\nRelease rehearsal: a real registry, a copy of this workspace, projects of partners\n')
  const start = performance.now()
  // The registry takes its time to load, and snapshots do without.
  const { rehearse } = await import('./rehearse.ts')
  try {
    await rehearse({ root, cancelSignal: signal, onStep: (step) => console.log(formatStep(step)) })
    console.log(`\nEverything as it must be, after ${seconds(performance.now() - start)}.`)
    return 0
  } catch (error) {
    if (signal.aborted || !(error instanceof StepError)) throw error
    console.log(`  ✗ ${error.step}`)
    console.error(`\n${error.step} failed.\n\n${error.message}`)
    return 1
  }
}

async function runSnapshot(wanted: SnapshotArguments, signal: AbortSignal): Promise<number> {
  const parent = await mkdtemp(join(tmpdir(), 'minimo-snapshot-'))
  try {
    const options = { ...wanted, root, folder: join(parent, 'checkout'), interactive: true, cancelSignal: signal }
    const { version, packages, bump, install } = await publishSnapshot(options)
    console.log(
      `${packages.map((name) => `${name}@${version}`).join('\n')}\n\nThe spec's changes demand a ${bump}. To try them:\n  ${install}`,
    )
    return 0
  } catch (error) {
    if (!(error instanceof SnapshotError)) throw error
    console.error(`${error.message}\n\nNothing was published.`)
    return 1
  } finally {
    await rm(parent, { recursive: true, force: true })
  }
}

async function runTakeOut([app = '', folder = '']: string[], signal: AbortSignal): Promise<number> {
  const to = resolve(folder)
  try {
    await takeOut({ root, app, to, cancelSignal: signal })
    const next = [`cd ${folder}`, 'npm install', 'npm test', 'npm start   # arguments follow after --']
    console.log(`${app} is in ${to}. Go on there, with Node 22.20 or newer:\n  ${next.join('\n  ')}`)
    return 0
  } catch (error) {
    if (!(error instanceof TakeOutError)) throw error
    console.error(`take-out: ${error.message}.`)
    return 1
  }
}

const formatStep = ({ name, outcome, milliseconds }: Step) =>
  `  ✓ ${name.padEnd(33)} ${seconds(milliseconds).padStart(7)}  ${outcome}`

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`

// The first signal clears away what was begun: programs under way are ended, temporary folders removed. A listener that
// stays, since the registry's libraries end the process where theirs is the last; the second signal ends it at once.
const interrupted = new AbortController()
const interrupt = () => (interrupted.signal.aborted ? process.exit(1) : interrupted.abort())
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, interrupt)

process.exitCode = await main(process.argv.slice(2), interrupted.signal).catch((error: unknown) => {
  console.error(interrupted.signal.aborted ? 'Interrupted.' : error instanceof Error ? error.message : error)
  return 1
})
