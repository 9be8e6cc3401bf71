import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript-5.9'
import { expect, it } from 'vitest'
import { parse } from 'yaml'

const published = createRequire(import.meta.url).resolve('@minimo/api-types/openapi.yaml')
const spec: object = parse(readFileSync(published, 'utf8'))

const file = fileURLToPath(new URL('a-partner.ts', import.meta.url))

/** A file as a partner writes it; what is asked about stands behind a `^`. */
const lines = [
  `import { createMinimoClient } from '@minimo/client'`,
  `import { createWebhookVerifier } from '@minimo/client/webhooks'`,
  `const minimo = createMinimoClient<{ plan: string }>()`,
  `const contact = await minimo.contacts.getByEmail('anna@example.com')`,
  `const [template] = await minimo.whatsapp.listTemplates()`,
  `const { data } = await minimo.call('getEmailStats', { path: { id: '1' } })`,
  `const event = createWebhookVerifier('whsec_')('', {})`,
]

/** What a partner points at, and where the spec has the words for it. */
const cases: [code: string, ...place: (string | number)[]][] = [
  ['contact.^email', ...propertyOf('Contact', 'email')],
  ['contact.^externalConnectionId', ...propertyOf('Contact', 'external_connection_id')],
  ['contact.^customFields', ...propertyOf('Contact', 'custom_fields')],
  ['template?.^rejectedReason', ...propertyOf('WhatsAppTemplate', 'rejected_reason')],
  ['template?.^qualityScore', 'components', 'schemas', 'WhatsAppQualityScore'],
  ['template?.qualityScore.^reasons', ...propertyOf('WhatsAppQualityScore', 'reasons')],
  ['event.data.contact.^marketingConsent', 'components', 'schemas', 'ContactConsent'],
  ['event.data.contact.^externalId', ...propertyOf('Contact', 'external_id')],
  ['event.data.^sequence', ...propertyOf('ContactEvent', 'data'), 'properties', 'sequence'],
  ['minimo.contacts.upsert({ ^email: "a@b.it" })', ...propertyOf('ContactUpdate', 'email')],
  ['minimo.contacts.upsert({ ^phone: "+390212345678" })', ...propertyOf('ContactUpdate', 'phone')],
  ['minimo.contacts.upsert({ email: "a@b.it", ^phone: "+390212345678" })', ...propertyOf('ContactUpdate', 'phone')],
  ['minimo.contacts.upsert({ email: "a@b.it", ^customFields: {} })', ...propertyOf('ContactUpdate', 'customFields')],
  ['minimo.contacts.update(1, { ^customFields: {} })', ...propertyOf('ContactUpdate', 'customFields')],
  ['minimo.contacts.update(1, { ^marketingConsent: {} })', 'components', 'schemas', 'MarketingConsent'],
  ['minimo.contacts.update(1, { marketingConsent: { ^email: true } })', ...propertyOf('MarketingConsent', 'email')],
  ['minimo.emails.send({ to: "a@b.it", ^subject: "", html: "" })', ...propertyOf('EmailMessage', 'subject')],
  [
    'minimo.call("updateContactById", { path: { id: 1 }, body: { ^phone: "" } })',
    ...propertyOf('ContactUpdate', 'phone'),
  ],
  ['data.^opened', ...propertyOf('EmailStats', 'opened')],
]

function propertyOf(schema: string, name: string): string[] {
  return ['components', 'schemas', schema, 'properties', name]
}

const service = createService()

it.each(cases)('T3: %s has the words of the spec on hover, and leads to source that is published', (code, ...place) => {
  const at = service.write(code)
  const { documentation = [], tags = [] } = service.languageService.getQuickInfoAtPosition(file, at) ?? {}
  const hover = [documentation, ...tags.map(({ text }) => text ?? [])].map((parts) => ts.displayPartsToString(parts))
  const { description } = place.reduce((value, key) => Reflect.get(value, key), spec) as { description: string }
  expect(hover.join('\n')).toContain(description)
  const [definition] = service.languageService.getDefinitionAtPosition(file, at) ?? []
  expect(definition?.fileName).toMatch(/\/api-types\/dist\/gen\/[\w-]+\.d\.ts$/)
  const { sources } = JSON.parse(readFileSync(`${definition?.fileName}.map`, 'utf8')) as { sources: string[] }
  const source = resolve(dirname(definition?.fileName ?? ''), sources[0] ?? '')
  expect(readFileSync(source, 'utf8')).toContain(description)
})

function createService() {
  let text = ''
  let version = 0
  const read = (name: string) => (existsSync(name) ? readFileSync(name, 'utf8') : undefined)
  const host: ts.LanguageServiceHost = {
    ...ts.sys,
    getCompilationSettings: () => ({
      strict: true,
      exactOptionalPropertyTypes: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      types: [],
    }),
    getScriptFileNames: () => [file],
    getScriptVersion: (name) => (name === file ? String(version) : ''),
    getScriptSnapshot: (name) => {
      const content = name === file ? text : read(name)
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
    },
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    useCaseSensitiveFileNames: () => true,
  }
  const languageService = ts.createLanguageService(host)
  return {
    languageService,
    write(code: string) {
      text = [...lines, code.replace('^', '')].join('\n')
      version++
      return text.length - code.length + 1 + code.indexOf('^')
    },
  }
}
