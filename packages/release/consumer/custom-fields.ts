import { connect } from './connect.ts'

const { minimo, close } = await connect()
const { key } = await minimo.customFields.create({ key: 'NICKNAME', displayName: 'Nickname', type: 'text' })
const fields = await minimo.customFields.list()
const found = fields.some((field) => field.key === key)
console.log(`the field ${key} is ${found ? 'listed' : 'missing'}`)
await close()
