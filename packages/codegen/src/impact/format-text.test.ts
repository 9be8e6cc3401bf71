import { expect, test } from 'vitest'
import { sketchDiff } from '../../test/spec-diff.ts'
import { formatText } from './format-text.ts'

const ids = (number: number) => Array.from({ length: number }, (_, index) => `op${index}`)

test('a few changes are told one by one, under the operation as people know it', () => {
  const operationIds = ['updateContactById']
  const diff = sketchDiff([
    { bump: 'major', message: 'is required now', direction: 'request', location: 'body.phone', operationIds },
    { bump: 'major', message: 'is gone', operationIds },
    { bump: 'minor', message: 'may be null now', location: 'components.schemas.Contact.phone', operationIds: ids(12) },
  ])
  expect(formatText(diff)).toBe(`openapi/minimo.yaml against @minimo/api-types@1.0.0

major: 1 operation breaks; 12 operations gain or loosen something.

Breaking
  updateContactById · PUT /updateContactById · contacts.update()
    request body.phone: is required now
    is gone

Compatible
  components.schemas.Contact.phone: may be null now
    reaches 12 operations: op0, op1, op2 and 9 more`)
  expect(formatText(diff, { details: true })).toContain(`reaches 12 operations: ${ids(12).join(', ')}`)
})

test('without a change it says so, and what could not be compared is said either way', () => {
  const diff = { ...sketchDiff([]), notes: ['The config cannot be run.'] }
  expect(formatText(diff)).toBe(
    'openapi/minimo.yaml against @minimo/api-types@1.0.0\nThe config cannot be run.\n\nnone: nothing has changed its meaning.',
  )
})

test('many changes are told in brief, one line for each operation, and all of them with --details', () => {
  const diff = sketchDiff(
    ids(100).flatMap((id) => [
      { bump: 'major', message: `${id} is narrowed`, direction: 'request', location: 'body', operationIds: [id] },
      { bump: 'major', message: `${id} is another`, operationIds: [id] },
    ]),
  )
  const text = formatText(diff)
  expect(text.split('\n').length).toBeLessThan(60)
  expect(text).toContain('\n  op0 · request body: op0 is narrowed (and 1 more)\n')
  expect(text).toContain('\n  … and 60 more like these\n')
  expect(text).toMatch(/\n--details tells them one by one, .* --format json gives all 200 changes as data\.$/)
  const whole = formatText(diff, { details: true })
  for (const id of ids(100)) expect(whole).toContain(`\n    ${id} is another`)
})

test('of what nobody can call, no call is offered', () => {
  const location = 'webhooks.new-booking.body.id'
  const diff = sketchDiff(
    [{ bump: 'major', message: 'is gone', location, operationIds: ['new-booking'] }],
    ['new-booking'],
  )
  expect(formatText(diff)).toContain(`Breaking\n  ${location}: is gone`)
  expect(formatText(diff)).not.toContain('call(')
})

test('however much has changed, a report is no megabytes', () => {
  const operationIds = ids(500)
  const diff = sketchDiff(
    ids(1000).map((id) => ({
      bump: 'major',
      message: id.repeat(100),
      location: `components.schemas.${id}`,
      operationIds,
    })),
  )
  expect(formatText(diff).length).toBeLessThan(20_000)
  const details = formatText(diff, { details: true })
  expect(details.length).toBeLessThan(1_000_000)
  expect(details).toMatch(/\nThis is not everything, .* --format json gives all 1000 changes as data\.$/)
})
