import * as fc from 'fast-check'
import type { Pool } from 'pg'

/** A customer as last committed, and what its consents have been since then. */
export interface Customer {
  id: string
  email: string
  phone: string | null
  plan: string
  consent: { email: boolean | null; whatsapp: boolean | null }
  history: { email: boolean[]; whatsapp: boolean[] }
  isDeleted: boolean
  /** Somebody else has its e-mail now, so nothing may keep Minimo from giving it up: no deletion, no wrong phone. */
  hasGiven: boolean
}

/** One change. `who` and `value` choose among what there is. */
export interface Write {
  what: keyof typeof changes
  who: number
  value: number
}

/** Some changes in one transaction. */
export interface Transaction {
  writes: Write[]
  isRolledBack: boolean
}

type Change = (customer: Customer, value: number, fresh: number) => { sql: string; parameter?: unknown } | undefined

const values = [true, false, null]

/** Changes a customer in the model, and gives what does the same to its row. */
const changes = {
  plan(customer, value) {
    customer.plan = ['free', 'pro', 'team'][value] ?? 'free'
    return { sql: 'plan = $2', parameter: customer.plan }
  },
  seen: () => ({ sql: 'last_seen = now()' }),
  email(customer, _, fresh) {
    customer.email = `person-${fresh}@example.com`
    return { sql: 'email = $2', parameter: customer.email }
  },
  phone(customer, value, fresh) {
    customer.phone = value === 0 && !customer.hasGiven ? `wrong ${fresh}` : `+39330${1_000_000 + fresh}`
    return { sql: 'phone = $2', parameter: customer.phone }
  },
  emailConsent: (customer, value) => consent(customer, 'email', value),
  whatsappConsent: (customer, value) => consent(customer, 'whatsapp', value),
  remove(customer) {
    if (customer.hasGiven) return undefined
    customer.isDeleted = true
    return { sql: 'deleted_at = now()' }
  },
  comeBack(customer) {
    customer.isDeleted = false
    return { sql: 'deleted_at = NULL' }
  },
} satisfies Record<string, Change>

function consent(customer: Customer, channel: 'email' | 'whatsapp', value: number) {
  const now = values[value] ?? null
  const before = customer.consent[channel]
  // What is no longer on record counts as taken back, where it was given.
  if (now !== before && (now !== null || before)) customer.history[channel].push(now ?? false)
  customer.consent[channel] = now
  return { sql: `${channel}_consent = $2`, parameter: now }
}

/** Random transactions, now and then one that is rolled back. */
export const transactions: fc.Arbitrary<Transaction> = fc.record({
  writes: fc.array(
    fc.record({
      what: fc.constantFrom(...(Object.keys(changes) as Write['what'][])),
      who: fc.nat(1000),
      value: fc.nat(2),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  isRolledBack: fc.integer({ min: 1, max: 10 }).map((one) => one === 1),
})

/** A partner's application, and what it knows of its customers. */
export interface Shop {
  customers: Customer[]
  /** Those whose rows are deleted. */
  gone: Customer[]
  create(consents: [number, number]): Promise<void>
  commit(transaction: Transaction): Promise<void>
  /** Lets the first of two customers have the e-mail of the second, in one transaction. */
  handOver(who: number): Promise<void>
  delete(who: number): Promise<void>
}

/** Opens the shop over an empty table of customers. */
export function openShop(pool: Pool): Shop {
  const gone: Customer[] = []
  let fresh = 0
  const shop: Shop = {
    customers: [],
    gone,
    async create([email, whatsapp]) {
      const customer: Customer = {
        id: '',
        email: `person-${fresh++}@example.com`,
        phone: null,
        plan: 'free',
        consent: { email: null, whatsapp: null },
        history: { email: [], whatsapp: [] },
        isDeleted: false,
        hasGiven: false,
      }
      consent(customer, 'email', email)
      consent(customer, 'whatsapp', whatsapp)
      const { rows } = await pool.query(
        'INSERT INTO customers (email, email_consent, whatsapp_consent) VALUES ($1, $2, $3) RETURNING id',
        [customer.email, customer.consent.email, customer.consent.whatsapp],
      )
      shop.customers.push({ ...customer, id: rows[0].id })
    },
    async commit({ writes, isRolledBack }) {
      const draft = structuredClone(shop.customers)
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        for (const { what, who, value } of writes) {
          const customer = draft[who % draft.length]
          const change: Change = changes[what]
          const set = customer && change(customer, value, fresh++)
          if (!set) continue
          const parameters = 'parameter' in set ? [customer.id, set.parameter] : [customer.id]
          await client.query(`UPDATE customers SET ${set.sql} WHERE id = $1`, parameters)
        }
        await client.query(isRolledBack ? 'ROLLBACK' : 'COMMIT')
        if (!isRolledBack) shop.customers = draft
      } finally {
        client.release()
      }
    },
    async handOver(who) {
      const { customers } = shop
      const taker = customers[who % Math.max(1, customers.length - 1)]
      const giver = customers.at(-1)
      const isStuck = giver?.isDeleted || giver?.phone?.startsWith('wrong')
      if (!taker || !giver || taker === giver || isStuck) return
      const email = giver.email
      giver.email = `person-${fresh++}@example.com`
      giver.hasGiven = true
      taker.email = email
      const client = await pool.connect()
      await client.query('BEGIN')
      await client.query('UPDATE customers SET email = $2 WHERE id = $1', [giver.id, giver.email])
      await client.query('UPDATE customers SET email = $2 WHERE id = $1', [taker.id, email])
      await client.query('COMMIT')
      client.release()
    },
    async delete(who) {
      const [customer] = shop.customers.splice(who % shop.customers.length, 1)
      if (!customer) return
      if (customer.hasGiven) return void shop.customers.push(customer)
      gone.push(customer)
      await pool.query('DELETE FROM customers WHERE id = $1', [customer.id])
    },
  }
  return shop
}
