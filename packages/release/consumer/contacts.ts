import { connect } from './connect.ts'

const { minimo, close } = await connect()
const { id } = await minimo.contacts.upsert({ email: 'anna@example.com', customFields: { plan: 'free' } })
await minimo.contacts.update(id, { phone: '+393391234567' })
const contact = await minimo.contacts.getByEmail('anna@example.com')
const phone: string | null = contact.phone
await minimo.contacts.delete(id)
console.log(`contact ${id} has the phone ${phone}`)
await close()
