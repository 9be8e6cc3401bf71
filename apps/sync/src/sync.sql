-- What sync keeps in the partner's database, beside pg-boss's own schema. May run again, and keeps nobody waiting.
SET LOCAL lock_timeout = '2 s'; CREATE SCHEMA IF NOT EXISTS sync;
-- The row of truth of a contact: what it shall be (what contact_of gave, without consent) and in which version; which
-- version Minimo has, and since when there is a newer one; its id, what Minimo may know it as, and why it is refused.
CREATE TABLE IF NOT EXISTS sync.contacts (
  customer text PRIMARY KEY, wanted jsonb NOT NULL, version bigint NOT NULL DEFAULT 1, sent bigint NOT NULL DEFAULT 0,
  behind_since timestamptz NOT NULL DEFAULT clock_timestamp(), id bigint UNIQUE, known jsonb, parked text);
CREATE INDEX IF NOT EXISTS contacts_behind ON sync.contacts (behind_since) WHERE sent < version;
-- Each change of a consent, in the order of a customer's changes.
CREATE TABLE IF NOT EXISTS sync.consents (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, customer text NOT NULL, channel text NOT NULL,
  granted boolean NOT NULL, changed_at timestamptz NOT NULL DEFAULT clock_timestamp(), sent_at timestamptz);
CREATE INDEX IF NOT EXISTS consents_waiting ON sync.consents (customer, id) WHERE sent_at IS NULL;
-- When the next call of any worker may begin: each lane has a rate of its own, and all are paused together.
CREATE TABLE IF NOT EXISTS sync.lanes (
  name text PRIMARY KEY, next_at timestamptz NOT NULL DEFAULT now(), paused_until timestamptz NOT NULL DEFAULT now());
INSERT INTO sync.lanes (name) VALUES ('ordinary'), ('withdrawals') ON CONFLICT DO NOTHING;
CREATE SEQUENCE IF NOT EXISTS sync.done MINVALUE 0;

-- Of each contact one job waits and one is active at most. It is tried for ever, with growing pauses. A call takes 5 s
-- at most from its turn on, so it is over before another worker gets the job of one that was not heard of for 15 s.
SELECT pgboss.create_queue(name, '{"policy": "stately", "retryLimit": 2147483647, "retryDelay": 1, "retryBackoff": true,
  "retryDelayMax": 60, "heartbeatSeconds": 15, "retentionSeconds": 315360000, "deleteAfterSeconds": 60}')
FROM unnest(ARRAY['contacts', 'consents']) name;

-- Queues a job, as pg-boss's `send` would. One that waits already is enough; it gets the higher priority.
CREATE OR REPLACE FUNCTION sync.signal(target text, key text, urgency int DEFAULT 0) RETURNS void LANGUAGE sql AS $$
  UPDATE pgboss.job SET priority = urgency
  WHERE name = target AND singleton_key = key AND state < 'active' AND priority < urgency;
  INSERT INTO pgboss.job (name, data, singleton_key, priority, policy, retry_limit, retry_delay, retry_backoff,
    retry_delay_max, expire_seconds, deletion_seconds, heartbeat_seconds, keep_until)
  SELECT name, jsonb_build_object('customer', key), key, urgency, policy, retry_limit, retry_delay, retry_backoff,
    retry_delay_max, expire_seconds, deletion_seconds, heartbeat_seconds, now() + retention_seconds * interval '1 s'
  FROM pgboss.queue WHERE name = target ON CONFLICT DO NOTHING
$$;

-- Has a contact sent again, though its customer did not change; with another id, where it has lost its own.
CREATE OR REPLACE FUNCTION sync.resend(key text, is_lost boolean DEFAULT false) RETURNS void LANGUAGE sql AS $$
  UPDATE sync.contacts SET version = version + 1, parked = NULL, behind_since = clock_timestamp(),
    id = CASE WHEN NOT is_lost THEN id END WHERE customer = key;
  SELECT sync.signal('contacts', key)
$$;

-- Records in the partner's own transaction what a change of a customer means. It locks the contact before it looks for
-- a job that waits: one that starts before the transaction ends then waits for the contact, and sees the change.
CREATE OR REPLACE FUNCTION sync.record() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN sync.contact_of(OLD) END;
  after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN sync.contact_of(NEW) ELSE before || '{"deleted": true}' END;
  key text := after ->> 'id';
  state jsonb := after - 'marketingConsent';
  is_changed boolean := state IS DISTINCT FROM before - 'marketingConsent'; is_due boolean;
  changes jsonb := (
    SELECT jsonb_object_agg(channel, now = 'true') FROM jsonb_each(after -> 'marketingConsent') consent (channel, now),
    coalesce(before -> 'marketingConsent' -> channel, 'null') was WHERE now <> was AND (now <> 'null' OR was = 'true'));
BEGIN
  IF NOT is_changed AND changes IS NULL THEN RETURN NULL; END IF;
  INSERT INTO sync.contacts AS contact (customer, wanted, known) VALUES (key, state, before - 'marketingConsent')
  ON CONFLICT (customer) DO UPDATE SET wanted = state, version = contact.version + is_changed::int,
    parked = CASE WHEN NOT is_changed THEN contact.parked END,
    behind_since = CASE WHEN contact.sent < contact.version THEN contact.behind_since ELSE clock_timestamp() END
  RETURNING sent < version AND contact.parked IS NULL INTO is_due;
  -- A grant that was changed again before it was sent is left out.
  DELETE FROM sync.consents WHERE customer = key AND changes ? channel AND granted AND sent_at IS NULL;
  INSERT INTO sync.consents (customer, channel, granted)
  SELECT key, channel, granted::boolean FROM jsonb_each(changes) consent (channel, granted);
  PERFORM sync.signal('contacts', key) WHERE is_due;
  -- Urgent is what somebody takes back; a new customer who refuses has given nothing before.
  PERFORM sync.signal('consents', key, (TG_OP = 'UPDATE' AND changes @@ '$.* == false')::int) WHERE changes <> '{}';
  RETURN NULL;
END $$;

-- Gives an id to a customer, unless it is another one's: that one is then sent again. A deleted customer gives it up.
CREATE OR REPLACE FUNCTION sync.own(key text, found_id bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sync.contacts SET id = NULL, known = NULL
  WHERE id = found_id AND customer <> key AND (wanted -> 'deleted')::boolean AND sent = version;
  PERFORM sync.resend(customer) FROM sync.contacts WHERE id = found_id AND customer <> key;
  IF NOT FOUND THEN UPDATE sync.contacts SET id = found_id WHERE customer = key; RETURN true; END IF;
  RETURN false;
END $$;

-- Records what became of a version. Consents may have waited for it, and others for an e-mail or phone that is free.
CREATE OR REPLACE FUNCTION sync.settle(key text, reached bigint, state jsonb, refusal text) RETURNS void
LANGUAGE plpgsql AS $$ DECLARE before jsonb := (SELECT known FROM sync.contacts WHERE customer = key);
BEGIN
  UPDATE sync.contacts SET known = state, sent = greatest(sent, CASE WHEN refusal IS NULL THEN reached END),
    parked = CASE WHEN version = reached THEN refusal END,
    behind_since = CASE WHEN version > reached THEN clock_timestamp() ELSE behind_since END WHERE customer = key;
  PERFORM nextval('sync.done') WHERE refusal IS NULL;
  PERFORM sync.signal('consents', customer) FROM sync.consents WHERE customer = key AND sent_at IS NULL LIMIT 1;
  PERFORM sync.resend(customer) FROM sync.contacts WHERE sent < version AND parked IS NOT NULL AND customer <> key
    AND (wanted -> 'email' = nullif(before -> 'email', state -> 'email')
      OR wanted -> 'phone' = nullif(before -> 'phone', state -> 'phone'));
END $$;
