// Has the requests of public descriptions judged by Prism, which reads the same descriptions, and prints what it says:
// `node bench/wire.ts [--named] [--only TEXT] [--count 2] [--seed 1] [--most 200] [--seconds 300] [--workers 2]
// [--reasons 20]`. All of the public directory and all that codegen's bench knows by name; `--named` takes only those.
// Fails where a request is not as described, a call never succeeds, or something never ends.
import { parseArgs } from 'node:util'
import { fetchPacked, listDirectory, readDescriptions } from 'codegen/descriptions'
import { type JudgedDescription, runWorkers } from './run-workers.ts'
import { isStuck, listReasons, wireTable } from './wire-table.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    named: { type: 'boolean', default: false },
    count: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    most: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '300' },
    workers: { type: 'string', default: '2' },
    reasons: { type: 'string', default: '20' },
  },
})

const [seed, count, most] = [values.seed, values.count, values.most].map(Number)
if (!seed || !count || !most) throw new Error('Expected --seed, --count and --most to be numbers above 0.')
const all = values.named ? readDescriptions() : [...readDescriptions(), ...listDirectory()]
const descriptions = all.filter(({ packed, file }) => `${packed} ${file}`.includes(values.only))
fetchPacked(descriptions)
const judged: JudgedDescription[] = []
const limits = { workers: Number(values.workers), seconds: Number(values.seconds) }
await runWorkers({ descriptions, options: { seed, count, most } }, limits, (one) => {
  judged.push(one)
  if (judged.length % 50 === 0) console.error(`${judged.length} of ${descriptions.length} …`)
})
console.log(wireTable(judged))
console.log(`\n${count} inputs for each operation, for at most ${most} operations of a description.`)
console.log(listReasons(judged, Number(values.reasons)))
const isWrong = (one: JudgedDescription) =>
  isStuck(one) || one.judged.some(({ kind }) => kind === 'differs' || kind === 'broken' || kind === 'unread')
process.exitCode = judged.some(isWrong) ? 1 : 0
