import { describe, expect, test } from 'vitest'
import { contextTime, createContext } from '../../test/create-context.ts'
import { eachDatabase } from '../../test/databases.ts'
import { engage, listOutbox, storeMessage } from '../messages/outbox.ts'
import { emailTemplateTimes } from '../messages/templates.ts'
import type { Context } from './handler.ts'
import { transactionalHandlers } from './transactionals.ts'

const message = { channel: 'email-template', template: 'tmpl_42', subject: '', html: '', text: null } as const
const { created } = emailTemplateTimes
const none = { created, openRate: '0%', clickRate: '0%', totalMessagesSent: 0 }

describe.each(eachDatabase)('%s', (_, createLocation) => {
  test('the totals count what was sent, and who opened or clicked it in whole percent', async () => {
    const context = await createContext(await createLocation())
    expect(await stats(context, '42')).toEqual({ status: 200, body: { data: none } })
    const ids = []
    for (const number of [1, 2, 3]) ids.push((await storeMessage({ ...message, to: `${number}@a.it` }, context)).id)
    for (const id of ids.slice(0, 2)) await engage(context.database, id, 'open', contextTime)
    // A click opens it, too, and a second one of the same message does not count.
    for (const id of [...ids.slice(2), ...ids.slice(2)]) await engage(context.database, id, 'click', contextTime)
    const data = { created, openRate: '100%', clickRate: '33%', totalMessagesSent: 3 }
    expect(await stats(context, '42')).toEqual({ status: 200, body: { data } })
    expect(await stats(context, 'tmpl_42')).toEqual({ status: 200, body: { data } })
  })

  test('messages that failed, of another template, channel or company do not count', async () => {
    const context = await createContext(await createLocation())
    const others = [
      { ...message, to: 'a@b.invalid' },
      { ...message, to: 'a@b.it', template: 'tmpl_43' },
      { ...message, to: '+391', channel: 'whatsapp' },
    ] as const
    for (const other of others) await storeMessage(other, context)
    await storeMessage({ ...message, to: 'a@b.it' }, { ...context, company: 8 })
    expect(await listOutbox(context.database.query)).toHaveLength(4)
    expect((await stats(context, '42')).body.data).toEqual(none)
    expect((await stats(context, '43')).body.data.totalMessagesSent).toBe(1)
    expect((await stats({ ...context, company: 8 }, '42')).body.data.totalMessagesSent).toBe(1)
  })
})

test.each(['41', 'tmpl_41', 'tmpl_', 'tmpl_tmpl_42', '042', ' 42'])('there are no totals of %j', async (id) => {
  await expect(stats(await createContext(), id)).rejects.toMatchObject({
    status: 404,
    message: 'No email template has this id. List the email templates to see their ids.',
  })
})

function stats(context: Context, id: string) {
  return transactionalHandlers.getTransactionalStats({ path: { id }, query: {}, body: undefined }, context)
}
