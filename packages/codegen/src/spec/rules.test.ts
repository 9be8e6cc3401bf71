import { join } from 'node:path'
import { createConfig } from '@redocly/openapi-core'
import { expect, test } from 'vitest'
import { failureOf } from '../../test/failure-of.ts'
import { house, replacePiece } from '../../test/fixtures.ts'
import { houseCases, vendorCases } from '../../test/rule-cases.ts'
import { writeFolder } from '../../test/write-folder.ts'
import { loadSpec } from './load.ts'
import { createRules } from './rules.ts'

test.each(vendorCases)('%s is a fault in any spec', async (_, piece, replacement, ...want) => {
  const files = { 'spec.yaml': replacePiece(house, piece, replacement) }
  const [first] = (await failureOf(files, 'vendor')).split('\n')
  expect(await failureOf(files, 'vendor')).toBe(want.map((line) => `spec.yaml:${line}`).join('\n'))
  expect((await failureOf(files, 'house')).split('\n')).toContain(first)
})

test.each(houseCases)('%s is a fault in a spec of ours', async (_, piece, replacement, ...want) => {
  const files = { 'spec.yaml': replacePiece(house, piece, replacement) }
  expect(await failureOf(files)).toBe(want.map((line) => `spec.yaml:${line}`).join('\n'))
})

test.each(houseCases)('%s is fine in a spec of others', async (_, piece, replacement) => {
  const folder = writeFolder({ 'spec.yaml': replacePiece(house, piece, replacement) })
  await expect(loadSpec(join(folder, 'spec.yaml'), 'vendor')).resolves.toBeDefined()
})

test('a webhook needs neither a server nor the answers 401 and 429, for the API calls it', async () => {
  const webhook = `webhooks:
  guestEvent:
    post:
      operationId: tellGuestEvent
      summary: A guest has moved
      description: Something happened to a guest.
      tags: [guests]
      security: []
      requestBody:
        content:
          application/json:
            schema: { $ref: "#/components/schemas/Guest" }
            examples: { moved: { summary: One has moved, value: { id: 42, email: anna@example.com } } }
      responses: { "204": { description: It has arrived. } }
`
  const folder = writeFolder({ 'spec.yaml': replacePiece(house, 'components:\n', `${webhook}components:\n`) })
  await expect(loadSpec(join(folder, 'spec.yaml'), 'house')).resolves.toBeDefined()
})

test('every rule we set has a case above', async () => {
  const recommended = await rulesOf(createConfig({ extends: ['recommended'] }))
  const vendor = await rulesOf(createRules('vendor'))
  const own = [...(await rulesOf(createRules('house')))].filter(
    ([rule, settings]) => vendor.has(rule) || recommended.get(rule) !== settings,
  )
  const tried = [...vendorCases, ...houseCases].flatMap(([, , , ...want]) =>
    want.map((line) => /\((.+)\)$/.exec(line)?.[1]),
  )
  expect([...new Set(tried)].sort()).toEqual(own.map(([rule]) => rule.replace(/^(minimo|rule)\//, '')).sort())
})

/** A linter configuration's rules for OpenAPI 3.1 with their settings, the declared ones by their own names. */
async function rulesOf(config: ReturnType<typeof createRules>): Promise<Map<string, string>> {
  const { assertions, ...rules } = (await config).rules.oas3_1
  const declared = (Array.isArray(assertions) ? assertions : []).map((rule) => [rule.assertionId, 'declared'] as const)
  return new Map([
    ...Object.entries(rules).map(([rule, settings]) => [rule, JSON.stringify(settings)] as const),
    ...declared,
  ])
}
