import { connect } from './connect.ts'

const { minimo, close } = await connect()
const email = { to: 'anna@example.com', subject: 'Hello', html: '<p>Hello</p>' }
const { status } = await minimo.emails.send({ ...email, replyTo: 'bruno@example.com' })
console.log(`an email with a reply address is ${status}`)
await close()
