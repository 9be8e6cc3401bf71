-- A partner's table, and what goes on in the partner's shop.
CREATE TABLE customers (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text UNIQUE,
  phone text UNIQUE,
  first_name text,
  plan text NOT NULL DEFAULT 'free',
  last_seen timestamptz NOT NULL DEFAULT now(),
  email_consent boolean,
  whatsapp_consent boolean,
  deleted_at timestamptz
);

CREATE FUNCTION somebody_comes() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  somebody bigint := (SELECT id FROM customers OFFSET floor(random() * (SELECT count(*) FROM customers)) LIMIT 1);
  chance float8 := random();
BEGIN
  UPDATE customers SET last_seen = now() WHERE id = somebody; -- nothing that Minimo is told
  IF chance < 0.3 OR somebody IS NULL THEN
    INSERT INTO customers (email, first_name, email_consent) VALUES (gen_random_uuid() || '@shop.example', 'Anna', true);
  ELSIF chance < 0.7 THEN
    UPDATE customers SET plan = (ARRAY['free', 'pro', 'team'])[1 + floor(random() * 3)::int] WHERE id = somebody;
  ELSIF chance < 0.8 THEN
    UPDATE customers SET email = gen_random_uuid() || '@shop.example' WHERE id = somebody;
  ELSIF chance < 0.9 THEN
    UPDATE customers SET email_consent = NOT coalesce(email_consent, false) WHERE id = somebody;
  ELSIF chance < 0.95 THEN
    UPDATE customers SET deleted_at = CASE WHEN deleted_at IS NULL THEN now() END WHERE id = somebody;
  ELSE
    UPDATE customers SET phone = CASE WHEN random() < 0.1 THEN 'none ' ELSE '+39' END || 3300000000 + somebody WHERE id = somebody;
  END IF;
END $$;
