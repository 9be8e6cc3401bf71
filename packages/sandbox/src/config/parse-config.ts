import type { WhatsAppTemplate } from '@minimo/api-types'
import { schemas } from '@minimo/api-types/schemas'
import type { Automation } from '../automations/match-automations.ts'
import { eventTypes } from '../events/event.ts'
import { Refusal } from '../exchange/refusal.ts'
import type { FaultRule } from '../faults/fault.ts'
import { parseFaultRule } from '../faults/parse-fault.ts'
import type { SandboxKey } from '../handlers/authenticate.ts'
import type { JournalOptions } from '../journal/journal-entry.ts'
import type { SandboxEmailTemplate } from '../messages/templates.ts'
import { rateLimitShape } from '../rate-limit/create-rate-limiter.ts'
import { maxSeed } from '../runtime/random.ts'
import type { Retention } from '../storage/retention.ts'
import { createCheckCompiler } from '../validation/compile-check.ts'
import {
  integer,
  oneOf,
  type Parse,
  parseObject,
  refuse,
  refuseKind,
  type Shape,
  secretText,
  text,
  truth,
  within,
} from '../validation/parse-object.ts'
import type { SandboxConfig, SandboxOptions } from './config.ts'

const list =
  <T>(parse: Parse<T>): Parse<T[]> =>
  (value, name) =>
    Array.isArray(value)
      ? value.map((one, index) => parse(one, `${name}[${index}]`))
      : refuseKind(value, name, 'a list')

const url: Parse<string> = (value, name) => {
  const parsed = typeof value === 'string' ? URL.parse(value) : null
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    return refuse(value, name, 'a URL that begins with http:// or https://')
  }
  // `fetch` takes none with a password; a receiver knows the sandbox by its signature.
  if (parsed.username || parsed.password) return refuseKind(value, name, 'a URL without user name and password')
  return String(value)
}

/** Takes a value for a key of the API. */
export const parseKey: Parse<string> = secretText(/^mn-[^-\s]+-\S+$/, 'a key of the form mn-<clientId>-<secret>')
const webhookSecret = secretText(
  /^whsec_[A-Za-z0-9+/]{22,}={0,2}$/,
  'a secret of the form whsec_<base64 of 16 bytes or more>',
)

function callable<T extends (...parameters: never[]) => unknown>(): Parse<T> {
  // What a function takes and returns shows only when it is called.
  return (value, name) => (typeof value === 'function' ? (value as T) : refuse(value, name, 'a function'))
}

const roles = Object.values(schemas.operations).flatMap(({ security }) => security.flatMap(Object.values).flat())

const keyShape: Shape<SandboxKey> = {
  fields: { key: parseKey, company: integer(1), permissions: list(oneOf([...new Set(roles)])) },
  required: ['key'],
}

// A key with dots or the like stands in brackets, as events name it.
const field = text(
  /^(email|phone|marketingConsent(\.(email|whatsapp))?|customFields(\.[^\s.[\]"'\\]+|\["([^"\\]|\\.)*"\])*)$/u,
  'email, phone, marketingConsent, marketingConsent.email, marketingConsent.whatsapp, customFields, or a field below it such as customFields.plan or customFields["first name"]',
)

const automationShape: Shape<Automation> = {
  fields: {
    name: text(),
    when: oneOf(eventTypes),
    field,
    to: (value) => value,
    webhook: url,
    secret: webhookSecret,
    company: integer(1),
  },
  required: ['name', 'when', 'webhook'],
}

const emailTemplateShape: Shape<SandboxEmailTemplate> = {
  fields: { id: integer(1), name: text(), subject: text(), html: text(), senderVerified: truth },
  required: ['id', 'name', 'subject', 'html'],
}

const journalShape: Shape<JournalOptions> = { fields: { limit: integer(1, 100_000), personalData: truth } }

/** Says where the rule stands: its own messages begin with `rule` or `fault`. */
const faultRule: Parse<FaultRule> = (value, name) => within(name, () => parseFaultRule(value))

/** Sound because `parseWith` hands it to `checkWhatsappTemplates` at once. */
const uncheckedTemplate: Parse<WhatsAppTemplate> = (value) => value as WhatsAppTemplate

const retentionShape: Shape<Retention> = { fields: { count: integer(1), age: integer(1) } }

const configShape: Shape<SandboxConfig> = {
  fields: {
    keys: list((value, name) => parseObject(value, keyShape, name)),
    automations: list((value, name) => parseObject(value, automationShape, name)),
    webhookSecret,
    retryDelays: list(integer()),
    whatsappTemplates: list(uncheckedTemplate),
    emailTemplates: list((value, name) => parseObject(value, emailTemplateShape, name)),
    faults: list(faultRule),
    rateLimit: (value, name) => parseObject(value, rateLimitShape, name),
    strict: truth,
    seed: integer(0, maxSeed),
    retention: (value, name) => parseObject(value, retentionShape, name),
    journal: (value, name) => (value === false ? value : parseObject(value, journalShape, name)),
  },
}

const optionsShape: Shape<SandboxOptions> = {
  fields: {
    ...configShape.fields,
    // Opening it says more of what is wrong with it.
    database: secretText(/^/, 'a text'),
    now: callable(),
    fetch: callable(),
    control: oneOf(['local', 'all']),
  },
}

/** Takes a value for what a file may say of a sandbox; rejects with a `Refusal` that names the part that is none. */
export function parseConfig(value: unknown): Promise<SandboxConfig> {
  return parseWith(configShape, value, 'config')
}

/** The same for all that `createSandbox` takes. */
export function parseOptions(value: unknown): Promise<SandboxOptions> {
  return parseWith(optionsShape, value, 'options')
}

async function parseWith<T extends SandboxConfig>(shape: Shape<T>, value: unknown, name: string): Promise<T> {
  const parsed = parseObject(value, shape, name)
  const { keys, automations = [], emailTemplates = [], whatsappTemplates = [] } = parsed
  if (keys?.length === 0) throw new Refusal(422, `${name}.keys: expected at least one key, found none`)
  // Which key it is stays unsaid: messages end up in logs.
  const key = firstRepeated((keys ?? []).map(({ key }) => key))
  if (key !== undefined) throw new Refusal(422, `${name}.keys: one key stands twice`)
  const automation = firstRepeated(automations.map(({ name }) => name))
  if (automation !== undefined) throw new Refusal(422, `${name}.automations: two are named ${automation}`)
  const companies = keys ? keys.map(({ company = 1 }) => company) : [1]
  for (const [index, one] of automations.entries()) checkAutomation(one, companies, `${name}.automations[${index}]`)
  const id = firstRepeated(emailTemplates.map(({ id }) => id))
  if (id !== undefined) throw new Refusal(422, `${name}.emailTemplates: two have the id ${id}`)
  if (whatsappTemplates.length > 0) await checkWhatsappTemplates(whatsappTemplates, `${name}.whatsappTemplates`)
  return parsed
}

const firstRepeated = <T>(values: readonly T[]) => values.find((value, place) => values.indexOf(value) !== place)

/** Throws a `Refusal` for an automation that nothing can set off, because of two things that it says. */
function checkAutomation({ when, field, to, company }: Automation, companies: readonly number[], name: string): void {
  if (company !== undefined && !companies.includes(company)) {
    const known = [...new Set(companies)].join(', ')
    throw new Refusal(422, `${name}.company: expected one that a key acts for, ${known}, found ${company}`)
  }
  if (when === 'contact.deleted' && (field !== undefined || to !== undefined)) {
    const others = eventTypes.filter((type) => type !== when).join(', ')
    throw new Refusal(422, `${name}: ${when} changes no field; expected no field and to, or when as one of ${others}`)
  }
  if (when === 'contact.consent_changed' && field !== undefined && !field.startsWith('marketingConsent')) {
    refuse(field, `${name}.field`, `marketingConsent or below it, which is all that ${when} tells`)
  }
}

/** Templates are given as the API lists them, so the spec's own schema checks them. */
async function checkWhatsappTemplates(templates: readonly WhatsAppTemplate[], name: string): Promise<void> {
  const check = await createCheckCompiler(schemas)('/components/schemas/WhatsAppTemplate', '')
  for (const [index, template] of templates.entries()) {
    const [problem] = check(template)
    if (!problem) continue
    const field = problem.field && `.${problem.field}`
    throw new Refusal(422, `${name}[${index}]${field}: ${problem.message}`)
  }
}
