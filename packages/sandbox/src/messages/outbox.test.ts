import { describe, expect, test } from 'vitest'
import { contextTime, createContext } from '../../test/create-context.ts'
import { eachDatabase } from '../../test/databases.ts'
import { engage, findEmail, listOutbox, storeMessage } from './outbox.ts'

const email = {
  channel: 'email',
  to: 'Anna@Example.com',
  template: null,
  subject: 'Ciao 😀',
  html: '<p>Ciao</p>',
  text: 'Ciao',
} as const
const whatsapp = { channel: 'whatsapp', to: '+391', template: 'welcome', subject: null, html: null, text: 'x' } as const
const at = new Date(contextTime).toISOString()

describe.each(eachDatabase)('%s', (_, createLocation) => {
  test('a message is listed with everything that was said of it', async () => {
    const context = await createContext(await createLocation())
    const { id, failureReason } = await storeMessage(email, context)
    expect(failureReason).toBeNull()
    expect(id).toMatch(/^email_[\da-f]{32}$/)
    const stored = {
      ...email,
      id,
      company: 7,
      status: 'sent',
      failureReason: null,
      createdAt: at,
      sentAt: at,
      firstOpenAt: null,
      clickCount: 0,
      firstClickAt: null,
    }
    expect(await listOutbox(context.database.query)).toEqual([stored])
    expect(await findEmail(context.database.query, { company: 7, id })).toEqual(stored)
  })

  test('messages are listed page by page', async () => {
    const context = await createContext(await createLocation())
    for (const _ of Array(3)) await storeMessage(email, context)
    const { query } = context.database
    const first = await listOutbox(query, { limit: 2 })
    const rest = await listOutbox(query, { limit: 2, after: first.at(-1)?.id ?? expect.fail('nothing is listed') })
    expect([first.length, rest.length]).toEqual([2, 1])
    expect([...first, ...rest]).toEqual(await listOutbox(query))
  })

  test('messages are listed oldest first, by channel, recipient and company', async () => {
    const context = await createContext(await createLocation())
    const first = (await storeMessage(email, context)).id
    const second = (await storeMessage(whatsapp, context)).id
    const third = (await storeMessage(email, { ...context, company: 8 })).id
    const list = async (filter?: Parameters<typeof listOutbox>[1]) =>
      (await listOutbox(context.database.query, filter)).map(({ id }) => id)
    expect(await list()).toEqual([first, second, third])
    expect(await list({ channel: 'whatsapp' })).toEqual([second])
    expect(await list({ to: 'anna@EXAMPLE.com' })).toEqual([first, third])
    expect(await list({ to: '+391', company: 7 })).toEqual([second])
    expect(await list({ channel: 'email', company: 8 })).toEqual([third])
    expect(await list({ channel: 'email-template' })).toEqual([])
  })

  test('a message is opened once, and each click is counted', async () => {
    const context = await createContext(await createLocation())
    const { id } = await storeMessage(email, context)
    const follow = (what: 'open' | 'click', seconds: number) =>
      engage(context.database, id, what, contextTime + 1000 * seconds)
    expect(await Promise.all([follow('click', 5), follow('click', 5), follow('open', 5)])).toEqual([true, true, true])
    await follow('open', 9)
    await follow('click', 9)
    expect(await listOutbox(context.database.query)).toMatchObject([
      { firstOpenAt: '2025-06-01T12:00:05.000Z', clickCount: 3, firstClickAt: '2025-06-01T12:00:05.000Z' },
    ])
  })

  test('what was not sent, or never was, cannot be opened', async () => {
    const context = await createContext(await createLocation())
    const { id } = await storeMessage({ ...email, to: 'a@b.invalid' }, context)
    for (const what of ['open', 'click'] as const) {
      expect(await engage(context.database, id, what, contextTime)).toBe(false)
      expect(await engage(context.database, 'email_none', what, contextTime)).toBe(false)
    }
    expect(await listOutbox(context.database.query)).toMatchObject([
      { status: 'failed', sentAt: null, firstOpenAt: null, clickCount: 0 },
    ])
  })

  test('only a single email of the company is found by its id', async () => {
    const { database, ...context } = await createContext(await createLocation())
    const { id } = await storeMessage(email, { ...context, database })
    const other = await storeMessage(whatsapp, { ...context, database })
    expect(await findEmail(database.query, { company: 8, id })).toBeUndefined()
    expect(await findEmail(database.query, { company: 7, id: other.id })).toBeUndefined()
  })
})

test.each([
  ['a@shop.invalid', true],
  ['a@invalid', true],
  ['a@shop.INVALID', true],
  ['a@invalid.example.com', false],
  ['a.invalid@example.com', false],
  ['a@notinvalid', false],
])('an email to %s fails: %s', async (to, fails) => {
  const { failureReason } = await storeMessage({ ...email, to }, await createContext())
  expect(failureReason !== null).toBe(fails)
})
