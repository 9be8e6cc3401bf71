import type { CustomField, CustomFieldGroups } from '@minimo/api-types'
import { Refusal } from '../exchange/refusal.ts'
import { UniqueViolation } from '../storage/database.ts'
import { createInsert } from '../storage/insert-rows.ts'
import type { TableRow } from '../storage/tables.ts'
import { violation } from '../validation/problem.ts'
import { defineHandlers } from './handler.ts'

type FieldRow = TableRow<'custom_fields'> & Pick<CustomField, 'type'>

const insertRows = createInsert('custom_fields', 'RETURNING *')

/** How many characters a field's key has at most, the same on every database: PostgreSQL indexes no long ones. */
const maxKeyLength = 255

/** What answers call the category of fields without one. */
const uncategorized = 'uncategorized'

/**
 * List and create custom fields. Groups come in the order of their first field. The choices of a `select` field are
 * optional; those sent with another type are ignored. Neither is documented.
 */
export const customFieldHandlers = defineHandlers({
  async listCustomFields({ query: { groupBy } }, { database, company }) {
    const rows = await database.query<FieldRow>('SELECT * FROM custom_fields WHERE company = $1 ORDER BY id', [company])
    const fields = rows.map(toField)
    return { status: 200, body: { data: groupBy === undefined ? fields : groupFields(fields) } }
  },

  async createCustomField({ body }, { database, company }) {
    const { displayName, type, category = null, options } = body
    // Before upper case makes such letters of others: ß becomes SS.
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(body.key)) {
      const message =
        'expected letters A to Z, digits and underscores, a letter first, such as FAVORITE_COLOR; found others'
      throw violation(422, [{ field: 'key', message }])
    }
    if (body.key.length > maxKeyLength) {
      const message = `expected at most ${maxKeyLength} characters, a limit of the sandbox; found ${body.key.length}`
      throw violation(422, [{ field: 'key', message }])
    }
    const key = body.key.toUpperCase()
    const choices = type === 'select' && options ? JSON.stringify(options) : null
    try {
      const field = { company, key, display_name: displayName, type, category, options: choices }
      const created = insertRows(database.query<FieldRow>, [{ ...field, visibility: 1, source: 'Manual' }])
      const [row] = (await created) ?? []
      if (!row) throw new Error('The database gave no row back for the field it stored')
      return { status: 201, body: { data: toField(row) } }
    } catch (error) {
      if (error instanceof UniqueViolation) throw keyTaken(key)
      throw error
    }
  },
})

function toField({ id, key, display_name, type, category, options, visibility, source }: FieldRow): CustomField {
  const choices = options !== null && { options: JSON.parse(options) as string[] }
  return { id, key, displayName: display_name, type, category, visibility: visibility === 1, source, ...choices }
}

function groupFields(fields: readonly CustomField[]): CustomFieldGroups {
  const groups = Map.groupBy(fields, ({ category }) => category ?? uncategorized)
  return { groups: Array.from(groups, ([category, fields]) => ({ category, fields })), total: fields.length }
}

function keyTaken(key: string): Refusal {
  const message = `A custom field with the key ${key} exists already. Use it, or choose another key.`
  return new Refusal(409, message, { details: [{ field: 'key' }] })
}
