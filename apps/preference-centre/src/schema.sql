PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
-- The record: what was chosen, when, on which link, with which texts in view. It only grows.
CREATE TABLE IF NOT EXISTS wordings (id TEXT PRIMARY KEY, texts TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS choices (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, contact INTEGER NOT NULL,
  channel TEXT NOT NULL, answer TEXT NOT NULL CHECK (answer IN ('yes', 'no')), via TEXT NOT NULL, link TEXT NOT NULL,
  wording TEXT REFERENCES wordings) STRICT;
CREATE INDEX IF NOT EXISTS choices_of_contact ON choices (contact, channel, id);
CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON choices BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON choices BEGIN SELECT raise(ABORT, 'append-only'); END;
CREATE TRIGGER IF NOT EXISTS no_replace BEFORE INSERT ON choices WHEN NEW.id IN (SELECT id FROM choices)
  BEGIN SELECT raise(ABORT, 'append-only'); END; -- INSERT OR REPLACE does not set off no_delete.
-- What Minimo has of it: each contact's choices up to `told`; it refused those up to `refused`; `due`: when to tell it.
CREATE TABLE IF NOT EXISTS contacts (id INTEGER PRIMARY KEY, told INTEGER NOT NULL DEFAULT 0,
  refused INTEGER NOT NULL DEFAULT 0, due INTEGER, reason TEXT) STRICT;
CREATE INDEX IF NOT EXISTS due_contacts ON contacts (due) WHERE due IS NOT NULL;
CREATE TRIGGER IF NOT EXISTS to_deliver AFTER INSERT ON choices
  BEGIN INSERT INTO contacts (id, due) VALUES (NEW.contact, 0) ON CONFLICT DO UPDATE SET due = ifnull(due, 0); END;
CREATE VIEW IF NOT EXISTS record AS SELECT choices.*, reason,
  iif(choices.id <= told, 'delivered', iif(choices.id <= refused, 'refused', 'waiting')) AS state
  FROM choices JOIN contacts ON contacts.id = contact;
CREATE VIEW IF NOT EXISTS latest AS SELECT *, max(id) FROM record GROUP BY contact, channel;
