import type { WhatsAppTemplate } from '@minimo/api-types'
import { schemas } from '@minimo/api-types/schemas'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Automation, SandboxConfig, SandboxEmailTemplate, SandboxKey } from './config.ts'
import { eventTypes } from './events.ts'
import { parseFaultRule } from './faults/parse-fault.ts'
import { integer, oneOf, type Parse, parseObject, refuse, type Shape, text, truth } from './parse-object.ts'
import { Refusal } from './refusal.ts'

const list =
  <T>(parse: Parse<T>): Parse<T[]> =>
  (value, name) =>
    Array.isArray(value) ? value.map((one, index) => parse(one, `${name}[${index}]`)) : refuse(value, name, 'a list')

const url: Parse<string> = (value, name) =>
  typeof value === 'string' && /^https?:$/.test(URL.parse(value)?.protocol ?? '')
    ? value
    : refuse(value, name, 'a URL that begins with http:// or https://')

const apiKey = text(/^mn-[^-\s]+-\S+$/, 'a key of the form mn-<clientId>-<secret>')
const webhookSecret = text(
  /^whsec_[A-Za-z0-9+/]{22,}={0,2}$/,
  'a secret of the form whsec_<base64 of 16 bytes or more>',
)

const keyShape: Shape<SandboxKey> = {
  fields: { key: apiKey, company: integer(1), permissions: list(text()) },
  required: ['key'],
}

const automationShape: Shape<Automation> = {
  fields: {
    name: text(),
    when: oneOf(eventTypes),
    field: text(),
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

/** A template as the API lists it is one that the spec's own schema accepts. */
const whatsappTemplate: Parse<WhatsAppTemplate> = (value, name) => {
  const ajv = new Ajv2020({ strict: false }).addSchema(schemas, 'spec')
  const isTemplate = ajv.compile<WhatsAppTemplate>({ $ref: 'spec#/components/schemas/WhatsAppTemplate' })
  if (isTemplate(value)) return value
  const [problem] = isTemplate.errors ?? []
  throw new Refusal(422, `${name}${problem?.instancePath.replaceAll('/', '.') ?? ''}: ${problem?.message}`)
}

const configShape: Shape<SandboxConfig> = {
  fields: {
    keys: list((value, name) => parseObject(value, keyShape, name)),
    automations: list((value, name) => parseObject(value, automationShape, name)),
    webhookSecret,
    retryDelays: list(integer()),
    whatsappTemplates: list(whatsappTemplate),
    emailTemplates: list((value, name) => parseObject(value, emailTemplateShape, name)),
    faults: list(parseFaultRule),
  },
}

/** Takes a value for a sandbox's configuration; throws a `Refusal` that names the part that is none. */
export function parseConfig(value: unknown): SandboxConfig {
  const config = parseObject(value, configShape, 'config')
  const automation = firstRepeated((config.automations ?? []).map(({ name }) => name))
  if (automation !== undefined) throw new Refusal(422, `config.automations: two are named ${automation}`)
  // Which key it is stays unsaid: messages end up in logs.
  const key = firstRepeated((config.keys ?? []).map(({ key }) => key))
  if (key !== undefined) throw new Refusal(422, 'config.keys: one key stands twice')
  if (config.keys?.length === 0) throw new Refusal(422, 'config.keys: expected at least one key, found none')
  return config
}

const firstRepeated = (names: readonly string[]) => names.find((name, place) => names.indexOf(name) !== place)
