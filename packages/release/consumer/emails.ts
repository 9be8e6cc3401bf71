import { connect } from './connect.ts'

const { minimo, close } = await connect()
const email = await minimo.emails.send({ to: 'anna@example.com', subject: 'Hello', html: '<p>Hello</p>' })
const { clickCount } = await minimo.emails.stats(email.id)
if (email.status === 'sent') {
  const id: string = email.messageId
  console.log(`message ${id} has ${clickCount} clicks`)
}
await close()
