// `node src/bench.ts [--only overhead,throughput,memory,bundle,types] [--rounds 11]`: prints one table per subject.
// Fails only where something does not run: figures depend on the machine, so nobody's tests depend on them.
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: 'overhead,throughput,memory,bundle,types' },
    rounds: { type: 'string', default: '11' },
  },
})
const rounds = Number(values.rounds)
if (!Number.isInteger(rounds) || rounds < 1) throw new Error(`--rounds takes a whole number; found ${values.rounds}`)

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
  bundle: {
    title: 'Bundle of a minimal import, minified and gzipped',
    run: async () => (await import('./bundle.ts')).benchBundle(),
  },
  types: {
    title: 'Types: what every method costs a compiler',
    run: async () => (await import('./types.ts')).benchTypes(Math.min(rounds, 5)),
  },
}

for (const name of values.only.split(',')) {
  const subject = subjects[name]
  if (!subject) throw new Error(`--only takes ${Object.keys(subjects).join(', ')}; found ${name}`)
  console.log(`## ${subject.title}\n\n${await subject.run()}\n`)
}
