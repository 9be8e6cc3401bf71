import type { components } from '../gen/schema.ts'
import { createRandom } from '../runtime/random.ts'
import type { Database, SqlValue } from '../storage/database.ts'

/** Reproducible demo data. */
export type SeedOptions = components['schemas']['Seed']

/** Demo contacts, and whom they belong to. */
export type SeedContactsOptions = SeedOptions & { company: number }

/** How many rows one statement inserts: the same text each time, so that it is prepared once. */
const rowsPerStatement = 100

/** How many statements share a transaction: others get their turn in between. */
const statementsPerTransaction = 10

/**
 * Adds demo contacts and returns how many were added: those that are there already stay as they are. The same seed
 * gives the same contacts, whatever their number. Nobody can be reached by them: their domains are reserved for
 * examples, and no country has the code +999.
 */
export async function seedContacts(
  database: Database,
  { contacts = 100, seed = 1, company }: SeedContactsOptions,
): Promise<number> {
  const random = createRandom(seed)
  let added = 0
  for (let index = 0; index < contacts; ) {
    const batches: SqlValue[][] = []
    while (index < contacts && batches.length < statementsPerTransaction) {
      const size = Math.min(rowsPerStatement, contacts - index)
      batches.push(Array.from({ length: size }, () => demoContact(random, { seed, number: ++index })).flat())
    }
    added += await insertBatches(database, company, batches)
  }
  return added
}

function insertBatches(database: Database, company: number, batches: readonly SqlValue[][]): Promise<number> {
  return database.transaction(async (query) => {
    let added = 0
    for (const values of batches) {
      const rows = await query(insertStatement(values.length / valuesPerContact), [company, ...values])
      added += rows.length
    }
    return added
  })
}

const valuesPerContact = 5

function insertStatement(rows: number): string {
  const tuples = Array.from({ length: rows }, (_, row) => {
    // $1 is the company of all; an e-mail in lower case is its own key.
    const [email, phone, fields, byEmail, byWhatsApp] = Array.from({ length: 5 }, (_, at) => `$${row * 5 + at + 2}`)
    return `($1, 'API', 0, ${email}, ${email}, ${phone}, ${fields}, ${byEmail}, ${byWhatsApp})`
  })
  return `INSERT INTO contacts
    (company, source, deleted, email, email_key, phone, custom_fields, consent_email, consent_whatsapp)
    VALUES ${tuples.join(', ')} ON CONFLICT DO NOTHING RETURNING id`
}

const firstNames = ['Anna', 'Luca', 'Giulia', 'Marco', 'Sofia', 'Matteo', 'Chiara', 'Davide', 'Elena', 'Paolo']
const lastNames = ['Rossi', 'Bianchi', 'Ferrari', 'Russo', 'Romano', 'Gallo', 'Costa', 'Fontana', 'Greco', 'Conti']
const domains = ['example.com', 'example.org', 'example.net']
const plans = ['free', 'pro', 'business']
const places = [
  { city: 'Torino', zip: '10121' },
  { city: 'Milano', zip: '20121' },
  { city: 'Roma', zip: '00184' },
  { city: 'Napoli', zip: '80132' },
  { city: 'Bologna', zip: '40121' },
]

/** One contact's values, with the same number of draws for each. */
function demoContact(random: () => number, { seed, number }: { seed: number; number: number }): SqlValue[] {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]
  const firstName = pick(firstNames)
  const lastName = pick(lastNames)
  const email = `${firstName}.${lastName}.${seed}.${number}@${pick(domains)}`.toLowerCase()
  const reachable = random() < 0.6
  // E.164 has 15 digits at most.
  const phone = `+999${String(seed % 10_000).padStart(4, '0')}${String(number).padStart(8, '0')}`
  const place = pick(places)
  const street = `Via Roma ${1 + Math.floor(random() * 99)}`
  const score = Math.floor(random() * 101)
  const fields = { firstName, lastName, plan: pick(plans), city: place?.city, score, address: { street, ...place } }
  const byEmail = pick([1, 1, 0, null]) ?? null
  const byWhatsApp = pick([1, 0, null]) ?? null
  return [email, reachable ? phone : null, JSON.stringify(fields), byEmail, reachable ? byWhatsApp : null]
}
