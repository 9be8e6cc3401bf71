// `node bench/durability.ts [--rounds 20]`: what is left of acknowledged writes when the sandbox, on a SQLite file, is
// killed under load again and again. Fails where anything is lost.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runKillRounds } from '../test/kill-rounds.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
const folder = await mkdtemp(join(tmpdir(), 'sandbox-bench-'))
try {
  const figures = await runKillRounds({ rounds: Number(values.rounds), database: join(folder, 'sandbox.db') })
  console.table(figures)
  const { lost, eventsMissing, webhooksMissing } = figures
  if (lost + eventsMissing + webhooksMissing > 0) process.exitCode = 1
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
}
