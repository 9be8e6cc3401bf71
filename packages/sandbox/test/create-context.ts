import { onTestFinished } from 'vitest'
import type { Context } from '../src/handlers/handler.ts'
import { defaultEmailTemplates, defaultWhatsappTemplates } from '../src/messages/templates.ts'
import { openDatabase } from '../src/storage/open-database.ts'
import { createRandomId } from '../src/storage/row-ids.ts'

/** The time in every context that sets no other: 2025-06-01T12:00:00.000Z. */
export const contextTime = Date.UTC(2025, 5, 1, 12)

/**
 * Opens a database and makes the context of handlers that act on it: company 7, the default templates, no automations,
 * and a time that stands still. Call it inside a test: the database is closed after it.
 */
export async function createContext(location = ':memory:', changes: Partial<Context> = {}): Promise<Context> {
  const database = await openDatabase(location)
  onTestFinished(() => database.close())
  return {
    database,
    company: 7,
    now: () => contextTime,
    createId: createRandomId,
    automations: [],
    whatsappTemplates: defaultWhatsappTemplates,
    emailTemplates: defaultEmailTemplates,
    ...changes,
  }
}
