import { expect, test } from 'vitest'
import { sketchDiff } from '../../test/spec-diff.ts'
import { formatMarkdown } from './format-markdown.ts'

const ids = (number: number) => Array.from({ length: number }, (_, index) => `op${index}`)

test('what breaks is open, all else and long lists are folded', () => {
  const diff = sketchDiff([
    { bump: 'major', message: 'is <gone>, not `<b>`', location: 'body.phone', operationIds: ['updateContactById'] },
    { bump: 'major', message: 'may be null now', location: 'components.schemas.Contact.phone', operationIds: ids(5) },
    { bump: 'minor', message: 'is new', operationIds: ['op1'] },
  ])
  expect(formatMarkdown(diff)).toBe(`## Spec diff: major

\`openapi/minimo.yaml\` against \`@minimo/api-types@1.0.0\`: 6 operations break.

### Breaking

- \`components.schemas.Contact.phone\`: may be null now
  - <details><summary>reaches 5 operations</summary><code>op0</code>, <code>op1</code>, <code>op2</code>, <code>op3</code>, <code>op4</code></details>
- **\`updateContactById\`** · \`PUT /updateContactById\` · \`contacts.update()\`
  - \`body.phone\`: is &lt;gone>, not \`<b>\`

<details><summary>Compatible (1)</summary>

- **\`op1\`** · \`PUT /op1\` · \`call('op1')\`
  - is new

</details>`)
})

test('without a change it is one line', () => {
  expect(formatMarkdown(sketchDiff([]))).toBe(
    '## Spec diff: none\n\n`openapi/minimo.yaml` against `@minimo/api-types@1.0.0`: nothing has changed its meaning.',
  )
})

test.each([
  [100, 10],
  [100, 500],
  [1000, 500],
])(
  '%i changes that reach %i operations each fit into a comment on GitHub, and no tag is left open',
  (number, reached) => {
    const diff = sketchDiff(
      ids(number).map((id, index) => ({
        bump: index % 2 === 0 ? 'major' : 'minor',
        message: `${id} `.repeat(100),
        location: `components.schemas.${id}`,
        operationIds: ids(reached),
      })),
    )
    const text = formatMarkdown(diff)
    expect(text.length).toBeLessThan(65_536)
    expect(text).toContain('op0')
    expect(text.split('<details>').length).toBe(text.split('</details>').length)
    if (number === 1000)
      expect(text).toContain('more like these, which `npx --yes pnpm@12.21.0 spec:diff --details` tells')
  },
)
