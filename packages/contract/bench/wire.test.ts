import { fetchPacked, readDescriptions } from 'codegen/descriptions'
import { beforeAll, expect, test, vi } from 'vitest'
import { type JudgedOperation, judgeDescription } from './judge-description.ts'

// The first run downloads the package that holds them.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 })

/** Forms and brackets, files, keys of every kind, and schemas that lead back to themselves. */
const names = ['stripe.com', 'docusign.net', 'twilio.com/twilio_verify_v2', 'box.com']
const sample = readDescriptions().filter(({ file }) => names.some((name) => file === `api/${name}.json`))

beforeAll(() => {
  expect(sample).toHaveLength(names.length)
  fetchPacked(sample)
})

test.for(sample)('what a client of $file sends is as described, by a judge that is not ours', async (description) => {
  const judged: JudgedOperation[] = []
  for await (const event of judgeDescription(description, { seed: 1, count: 2, most: 6 })) {
    if ('id' in event) judged.push(event)
  }
  expect(judged.filter(({ kind }) => ['differs', 'unread', 'refused', 'broken'].includes(kind))).toEqual([])
  // What the judge cannot read, or nobody can make, must not be what is left.
  expect(judged.filter(({ kind }) => kind === 'described').length).toBeGreaterThan(2)
})
