import { join } from 'node:path'
import { runKillRounds } from '../../sandbox/test/kill-rounds.ts'
import { formatNumber, formatTable } from './measure.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

const rounds = 20

/** What is left of acknowledged writes when the sandbox, on a SQLite file, is killed under load again and again. */
export function benchDurability(): Promise<string> {
  return withTemporaryFolder(async (folder) => {
    const figures = await runKillRounds({ rounds, database: join(folder, 'sandbox.db') })
    const { acknowledged, lost, eventsMissing, webhooksMissing, repeatedWebhooks } = figures
    const row = [rounds, acknowledged, lost, eventsMissing, webhooksMissing, repeatedWebhooks]
    const head = ['rounds', 'acknowledged writes', 'lost', 'events missing', 'webhooks missing', 'webhooks repeated']
    return formatTable(head, [row.map((value) => formatNumber(value))])
  })
}
