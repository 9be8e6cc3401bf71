// Edits our own description, the corpus' and real ones of other vendors at random, and asks what oasdiff and TypeScript's
// compiler say of each edit: `node bench/oracles.ts [--pairs 20000] [--seed 1]`. Fails where our judge demands less than
// one of them and `disagreements.txt` does not say why, and where a line of that file covers nothing any more.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { type Disagreement, findDisagreements } from '../test/oracles/compare.ts'
import { sortOut } from '../test/oracles/exceptions.ts'
import { createRandom } from '../test/oracles/random.ts'
import { createPairs } from '../test/oracles/random-edits.ts'
import { readSpec } from '../test/oracles/read-spec.ts'
import { fetchSpec, vendorSpecs } from './specs.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const { values } = parseArgs({
  options: { pairs: { type: 'string', default: '20000' }, seed: { type: 'string', default: '1' } },
})

/** GitHub's take long to read, and hold no other kinds of things. */
const others = vendorSpecs.filter(({ name }) => !name.startsWith('GitHub'))
const specs = [
  { name: 'corpus', document: readSpec(here('../test/corpus/base.yaml')) },
  { name: 'ours', document: readSpec(here('../../../openapi/minimo.yaml')) },
  ...others.map((spec) => ({ name: spec.name, document: readSpec(fetchSpec(spec)) })),
]

const random = createRandom(Number(values.seed))
const disagreements: Disagreement[] = []
const start = performance.now()
let compared = 0
for (let round = 0; compared < Number(values.pairs); round++) {
  const { name, document } = specs[round % specs.length] ?? { name: '', document: { openapi: '' } }
  const pairs = createPairs(document, Math.min(300, Number(values.pairs) - compared), random)
  if (pairs.length === 0) throw new Error(`${name} has no operation that is small enough to edit.`)
  disagreements.push(...(await findDisagreements(pairs)))
  compared += pairs.length
  console.error(`${compared} pairs, ${Math.round((performance.now() - start) / 1000)} s (${name})`)
}
const { unexpected, unused: uncovering } = sortOut(disagreements)
// The test holds those on pairs that are no random edits.
const unused = uncovering.filter((line) => !/ \| (corpus|keyword): /.test(line))
console.log(
  `${compared} pairs; an oracle demands more ${disagreements.length} times, each with a known reason but for:`,
)
console.log(unexpected.join('\n') || 'none')
for (const line of unused)
  console.log(`This line of disagreements.txt covers nothing any more, so take it out: ${line}`)
process.exitCode = unexpected.length + unused.length > 0 ? 1 : 0
