import type { EmailMessage } from '@minimo/api-types'
import { describe, expect, test } from 'vitest'
import { contextTime, createContext } from '../../test/create-context.ts'
import { eachDatabase } from '../../test/databases.ts'
import { engage, listOutbox } from '../messages/outbox.ts'
import { emailHandlers } from './emails.ts'
import type { Context } from './handler.ts'

const receipt = { to: 'anna@example.com', subject: 'Your receipt', html: '<p>Thank you.</p>' }
const notFound = { name: 'Refusal', status: 404, message: expect.stringContaining('no email with this id') }
const at = new Date(contextTime).toISOString()

describe.each(eachDatabase)('%s', (_, createLocation) => {
  test('an email is sent, and its statistics are found under its id', async () => {
    const { send, stats } = emailsOf(await createContext(await createLocation()))
    const { status, body } = await send(receipt)
    const { id } = body.data
    expect({ status, body }).toEqual({
      status: 200,
      body: {
        data: {
          id: expect.stringMatching(/^email_/),
          status: 'sent',
          messageId: `message-${id}`,
          statsUrl: `https://api.minimo.it/public/v1/emails/${id}/stats`,
        },
      },
    })
    expect(await stats(id)).toEqual({
      status: 200,
      body: {
        data: {
          id,
          status: 'sent',
          to: receipt.to,
          subject: receipt.subject,
          sentAt: at,
          opened: false,
          firstOpenAt: null,
          clickCount: 0,
          firstClickAt: null,
          failureReason: null,
        },
      },
    })
  })

  test('statistics tell the first open, the first click and how many clicks there were', async () => {
    const context = await createContext(await createLocation())
    const { send, stats } = emailsOf(context)
    const { id } = (await send(receipt)).body.data
    await engage(context.database, id, 'open', contextTime + 1000)
    for (const seconds of [60, 120]) await engage(context.database, id, 'click', contextTime + seconds * 1000)
    expect((await stats(id)).body.data).toMatchObject({
      opened: true,
      firstOpenAt: '2025-06-01T12:00:01.000Z',
      clickCount: 2,
      firstClickAt: '2025-06-01T12:01:00.000Z',
    })
  })

  test('an email that cannot arrive is answered as failed, and its statistics say why', async () => {
    const { send, stats } = emailsOf(await createContext(await createLocation()))
    const { status, body } = await send({ ...receipt, to: 'anna@shop.invalid' })
    const { id } = body.data
    const failureReason = 'The domain of the recipient does not exist: it ends in .invalid.'
    expect({ status, body }).toEqual({ status: 200, body: { data: { id, status: 'failed', failureReason } } })
    expect((await stats(id)).body.data).toMatchObject({ status: 'failed', sentAt: null, opened: false, failureReason })
  })

  test('an email of another company, of no company and of another kind is not found', async () => {
    const context = await createContext(await createLocation())
    const { send, stats } = emailsOf(context)
    const { id } = (await send(receipt)).body.data
    await expect(emailsOf({ ...context, company: 8 }).stats(id)).rejects.toMatchObject(notFound)
    await expect(stats('42')).rejects.toMatchObject(notFound)
    await context.database.query("UPDATE messages SET channel = 'email-template'")
    await expect(stats(id)).rejects.toMatchObject(notFound)
  })
})

test('what was sent is kept as it was sent', async () => {
  const context = await createContext()
  const { send } = emailsOf(context)
  await send({ ...receipt, subject: 'Perché? 😀', text: 'Thank you.' })
  await send(receipt)
  expect(await listOutbox(context.database.query)).toMatchObject([
    { channel: 'email', company: 7, to: receipt.to, template: null, subject: 'Perché? 😀', text: 'Thank you.' },
    { html: receipt.html, text: null, createdAt: at, sentAt: at },
  ])
})

test.each(['a\r\nBcc: b@example.com', 'a\n', 'a\tb', '\u0085'])('the subject %j is refused', async (subject) => {
  const context = await createContext()
  await expect(emailsOf(context).send({ ...receipt, subject })).rejects.toMatchObject({
    status: 400,
    message: expect.stringMatching(/^subject: expected one line of text/),
  })
  expect(await listOutbox(context.database.query)).toEqual([])
})

function emailsOf(context: Context) {
  return {
    send: (body: EmailMessage) => emailHandlers.sendEmail({ path: {}, query: {}, body }, context),
    stats: (id: string) => emailHandlers.getEmailStats({ path: { id }, query: {}, body: undefined }, context),
  }
}
