-- The two things a partner changes. First: what a customer is to Minimo. Consent that is NULL was never asked for.
CREATE OR REPLACE FUNCTION sync.contact_of(c customers) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT jsonb_build_object('id', c.id, 'email', c.email, 'phone', c.phone, 'deleted', c.deleted_at IS NOT NULL,
    'customFields', jsonb_build_object('FIRST_NAME', c.first_name, 'PLAN', c.plan),
    'marketingConsent', jsonb_build_object('email', c.email_consent, 'whatsapp', c.whatsapp_consent))
$$;
-- Second: which table they are in.
CREATE OR REPLACE VIEW sync.customers AS SELECT sync.contact_of(customers) AS contact FROM customers;
CREATE OR REPLACE TRIGGER sync AFTER INSERT OR UPDATE OR DELETE ON customers
FOR EACH ROW EXECUTE FUNCTION sync.record();
