// The types as CommonJS sees them, where the compiler knows that Node can require() an ES module.
import client = require('@minimo/client')

export const minimo: client.MinimoClient = client.createMinimoClient({ apiKey: 'key' })
export const created: Promise<{ id: number }> = minimo.contacts.upsert({ email: 'a@b.it' })
// @ts-expect-error an id is a number
minimo.contacts.delete('42')
