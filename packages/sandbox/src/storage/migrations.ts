import type { Migration } from './migrate.ts'

/**
 * The schema, one step after the other. A step that has been released never changes; a new one is added below it.
 * JSON is text and truth values are 0 or 1, so that the same statements run on both databases.
 */
export const migrations: readonly Migration[] = [
  {
    name: '001-start',
    statements: ({ serial }) => [
      `CREATE TABLE contacts (
        id ${serial},
        company BIGINT NOT NULL,
        email TEXT,
        email_key TEXT,
        phone TEXT,
        source TEXT NOT NULL,
        custom_fields TEXT NOT NULL,
        consent_email BIGINT,
        consent_whatsapp BIGINT,
        deleted BIGINT NOT NULL
      )`,
      'CREATE UNIQUE INDEX contacts_email ON contacts (company, email_key)',
      'CREATE UNIQUE INDEX contacts_phone ON contacts (company, phone)',
      `CREATE TABLE events (
        sequence ${serial},
        id TEXT NOT NULL UNIQUE,
        type TEXT NOT NULL,
        company BIGINT NOT NULL,
        at BIGINT NOT NULL,
        contact TEXT NOT NULL,
        changes TEXT NOT NULL
      )`,
      `CREATE TABLE runs (
        sequence ${serial},
        id TEXT NOT NULL UNIQUE,
        event_id TEXT NOT NULL,
        automation TEXT NOT NULL,
        company BIGINT NOT NULL,
        webhook TEXT NOT NULL,
        status TEXT NOT NULL,
        attempts BIGINT NOT NULL,
        next_at BIGINT,
        last_error TEXT
      )`,
      'CREATE INDEX runs_due ON runs (next_at)',
      `CREATE TABLE custom_fields (
        id ${serial},
        company BIGINT NOT NULL,
        key TEXT NOT NULL,
        display_name TEXT NOT NULL,
        type TEXT NOT NULL,
        category TEXT,
        options TEXT,
        visibility BIGINT NOT NULL,
        source TEXT NOT NULL
      )`,
      'CREATE UNIQUE INDEX custom_fields_key ON custom_fields (company, key)',
      `CREATE TABLE messages (
        sequence ${serial},
        id TEXT NOT NULL UNIQUE,
        company BIGINT NOT NULL,
        channel TEXT NOT NULL,
        recipient TEXT NOT NULL,
        template TEXT,
        subject TEXT,
        html TEXT,
        body_text TEXT,
        status TEXT NOT NULL,
        failure_reason TEXT,
        created_at BIGINT NOT NULL,
        sent_at BIGINT,
        first_open_at BIGINT,
        click_count BIGINT NOT NULL,
        first_click_at BIGINT
      )`,
      'CREATE INDEX messages_template ON messages (company, channel, template)',
    ],
  },
]
