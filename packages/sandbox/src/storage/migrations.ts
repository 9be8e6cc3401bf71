import type { Migration } from './migrate.ts'

/** The first 24 bits of the advisory locks by which writers announce events. The number is arbitrary but fixed. */
const announcement = 0x5b0e7c

/**
 * On PostgreSQL a number can be committed after a higher one. So every statement that stores events first takes a
 * shared lock, until its transaction ends, that carries the highest number given out so far: its own will be higher.
 * `settled_events()` is the number up to which nothing can come any more: the highest that was given out before it
 * looked at the locks, or what the lowest of these carries. Writers never wait for each other or for a reader, and a
 * lock ends with its session, however that ends. VOLATILE, as is the default: it looks anew with each statement.
 */
const settledEvents: readonly string[] = [
  `CREATE FUNCTION announce_events() RETURNS trigger LANGUAGE plpgsql AS $body$
  BEGIN
    PERFORM pg_advisory_xact_lock_shared(
      (${announcement}::BIGINT << 40) | (last_value - CASE WHEN is_called THEN 0 ELSE 1 END)
    ) FROM events_sequence_seq;
    RETURN NULL;
  END $body$`,
  `CREATE TRIGGER announce_events BEFORE INSERT ON events FOR EACH STATEMENT EXECUTE FUNCTION announce_events()`,
  `CREATE FUNCTION settled_events() RETURNS BIGINT LANGUAGE plpgsql AS $body$
  DECLARE
    given_out BIGINT;
    announced BIGINT;
  BEGIN
    SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END INTO given_out FROM events_sequence_seq;
    SELECT MIN(((classid::BIGINT & 255) << 32) | objid::BIGINT) INTO announced FROM pg_locks
    WHERE locktype = 'advisory' AND objsubid = 1 AND classid::BIGINT >> 8 = ${announcement}
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
    RETURN LEAST(given_out, announced);
  END $body$`,
]

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
  {
    name: '002-settled-events',
    // SQLite has one writer at a time: numbers are committed in their order.
    statements: ({ name }) => (name === 'sqlite' ? [] : settledEvents),
  },
  {
    name: '003-leases',
    // In the database's time, in milliseconds since 1970: processes that share it have clocks of their own.
    statements: () => ['ALTER TABLE runs ADD COLUMN leased_until BIGINT'],
  },
  {
    name: '004-pending-events',
    // Which old events must stay: few of many runs are pending.
    statements: () => ["CREATE INDEX runs_pending_event ON runs (event_id) WHERE status = 'pending'"],
  },
  {
    name: '005-receivers',
    // The next runs of each receiver, however many wait for another.
    statements: () => [
      "CREATE INDEX runs_pending_receiver ON runs (webhook, next_at, sequence) WHERE status = 'pending'",
      'DROP INDEX runs_due',
    ],
  },
]
