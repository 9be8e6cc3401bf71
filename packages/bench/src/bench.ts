// `node src/bench.ts [--only overhead,soak] [--rounds 11] [--calls 1000000]`: prints one table per subject, of all by default.
// Fails only where something does not run: figures depend on the machine, so nobody's tests depend on them.
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '11' },
    calls: { type: 'string', default: '1000000' },
  },
})
const rounds = parseCount('rounds', values.rounds)
const calls = parseCount('calls', values.calls)

/** Loaded only where asked for, so that no subject weighs on another. */
const subjects: Record<string, { title: string; run: () => Promise<string> }> = {
  overhead: {
    title: 'Overhead of one call in the process, `fetch` stubbed: PUT, JSON in and out',
    run: async () => (await import('./overhead.ts')).benchOverhead(rounds),
  },
  throughput: {
    title: 'Throughput over loopback, keep-alive, 16 in flight',
    run: async () => (await import('./throughput.ts')).benchThroughput(rounds),
  },
  memory: { title: 'Memory: what calls leave behind', run: async () => (await import('./memory.ts')).benchMemory() },
  soak: {
    title: 'Soak: calls through @minimo/client/undici to a server that fails at random',
    run: async () => (await import('./soak.ts')).benchSoak(calls),
  },
  bundle: {
    title: 'Bundle of a minimal import, minified and gzipped',
    run: async () => (await import('./bundle.ts')).benchBundle(),
  },
  types: {
    title: 'Types: what every method costs a compiler',
    run: async () => (await import('./types.ts')).benchTypes(Math.min(rounds, 5)),
  },
  'sandbox-throughput': {
    title: 'Sandbox: PUTs over loopback, checked and committed, 16 in flight',
    run: async () => (await import('./sandbox-throughput.ts')).benchSandboxThroughput(rounds),
  },
  'sandbox-start': {
    title: 'Sandbox: start in a fresh process',
    run: async () => (await import('./sandbox-start.ts')).benchSandboxStart(rounds),
  },
  'sandbox-size': {
    title: 'Sandbox: resident memory, contacts in a SQLite file',
    run: async () => (await import('./sandbox-size.ts')).benchSandboxSize(),
  },
  'sandbox-lookup': {
    title: 'Sandbox: GET by e-mail, in the process, on a SQLite file',
    run: async () => (await import('./sandbox-lookup.ts')).benchSandboxLookup(rounds),
  },
  import: {
    title: 'apps/import beside a loop over undici: a CSV into a sandbox, 16 rows at once',
    run: async () => (await import('./import.ts')).benchImport(Math.min(rounds, 5), calls),
  },
}

for (const name of values.only?.split(',') ?? Object.keys(subjects)) {
  const subject = subjects[name]
  if (!subject) throw new Error(`--only takes ${Object.keys(subjects).join(', ')}; found ${name}`)
  console.log(`## ${subject.title}\n\n${await subject.run()}\n`)
}

function parseCount(name: string, text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1) throw new Error(`--${name} takes a whole number; found ${text}`)
  return count
}
