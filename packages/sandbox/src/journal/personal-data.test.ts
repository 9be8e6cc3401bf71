import { type OperationId, operations } from '@minimo/api-types'
import { type JsonSchema, type OperationSchema, schemas } from '@minimo/api-types/schemas'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { createSandbox } from '../create-sandbox.ts'
import { demoKey } from '../handlers/authenticate.ts'
import { expand, isSchema } from '../validation/unknown-names.ts'

/** A request that holds personal data, where it belongs and where it does not. */
interface Sent {
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
  /** What must be nowhere in the journal: what is in all spellings of a value, in lower case. */
  secrets: readonly string[]
}

/** Something that only one value has in it, and that every spelling of it has. */
const token = fc.stringMatching(/^zq[a-z]{8}$/)
const digits = fc.stringMatching(/^[1-9][0-9]{10}$/)

/** A value of a person, and what is in all its spellings. */
const email = token.map((secret) => ({ value: `${secret}+x@Example.com`, secret }))
const quoted = token.map((secret) => ({ value: `"${secret}"@[127.0.0.1]`, secret }))
const phone = digits.map((secret) => ({ value: `+${secret}`, secret }))
const name = token.map((secret) => ({ value: `Zoë “${secret}” O'Neil\n\t\\`, secret }))
const key = token.map((secret) => ({ value: `mn-1-${secret}`, secret }))
const address = fc.oneof(email, quoted, phone)
const recognized = fc.oneof(address, key)
const personal = fc.oneof(email, phone, name, key)

type Personal = { value: string; secret: string }

/** What a body has at each place that the spec marks, and anything that it may have where it does not. */
function arbitraryBody(schema: JsonSchema): fc.Arbitrary<{ body: unknown; secrets: string[] }> {
  const parts = expand(schemas, schema)
  const has = (kind: string) => parts.some(({ type }) => [type].flat().includes(kind))
  if (parts.some((part) => part['x-pii'] === true)) {
    const sound = has('object') ? personal.map(({ value, secret }) => ({ value: { plan: value }, secret })) : personal
    return sound.map(({ value, secret }) => ({ body: value, secrets: [secret] }))
  }
  if (has('object')) {
    const fields = Object.assign({}, ...parts.map(({ properties }) => (isSchema(properties) ? properties : {})))
    const given = Object.entries(fields).map(([field, below]) => [field, arbitraryBody(below as JsonSchema)] as const)
    // What the spec does not know, under a name that is an address as well.
    const further = fc.option(fc.tuple(address, personal), { nil: undefined })
    return fc.tuple(fc.record(Object.fromEntries(given)), further).map(([known, more]) => {
      const body = Object.fromEntries(Object.entries(known).map(([field, one]) => [field, one.body]))
      const secrets = Object.values(known).flatMap((one) => one.secrets)
      if (!more) return { body, secrets }
      const [named, value] = more
      return { body: { ...body, [named.value]: value.value }, secrets: [...secrets, named.secret, value.secret] }
    })
  }
  const items = parts.flatMap((part) => (isSchema(part.items) ? [part.items] : []))
  if (items[0]) return fc.array(arbitraryBody(items[0]), { maxLength: 2 }).map(joinItems)
  const plain = fc.constantFrom<unknown>(true, 7, 'order_shipped').map((body) => ({ body, secrets: [] as string[] }))
  // An address or a key is one wherever it stands; a name only where no text belongs.
  const misplaced = (has('string') ? recognized : personal).map(({ value, secret }) => ({
    body: value,
    secrets: [secret],
  }))
  return fc.oneof({ weight: 4, arbitrary: plain }, misplaced)
}

const joinItems = (items: { body: unknown; secrets: string[] }[]) => ({
  body: items.map(({ body }) => body),
  secrets: items.flatMap(({ secrets }) => secrets),
})

/** The ways in which JSON writes a text. */
const writeJson = (value: unknown, isEscaped: boolean) => {
  const json = JSON.stringify(value)
  return isEscaped ? json.replaceAll('@', '\\u0040').replaceAll('q', '\\u0071') : json
}

/** Of headers only those are shown that say nothing of a person: a name is hidden in all others. */
const inAnyHeader = fc.tuple(fc.constantFrom('x-customer', 'user-agent'), recognized)
const inOtherHeader = fc.tuple(fc.constantFrom('x-customer', 'cookie', 'referer'), personal)

function arbitraryRequest(id: OperationId): fc.Arbitrary<Sent> {
  const { method, path }: { method: string; path: string } = operations[id]
  const { body }: OperationSchema = schemas.operations[id]
  const [schema] = Object.values(body?.content ?? {}).map((content) => content.schema)
  const content = schema ? arbitraryBody(schema) : fc.constant({ body: undefined, secrets: [] })
  return fc
    .record({
      content,
      isEscaped: fc.boolean(),
      isBroken: fc.integer({ min: 0, max: 9 }).map((draw) => draw === 0),
      inPath: recognized,
      inQuery: fc.option(fc.tuple(address, personal), { nil: undefined }),
      inHeader: fc.option(fc.oneof(inAnyHeader, inOtherHeader), { nil: undefined }),
      sentKey: fc.oneof({ weight: 4, arbitrary: fc.constant({ value: demoKey, secret: demoKey }) }, key),
    })
    .map(({ content, isEscaped, isBroken, inPath, inQuery, inHeader, sentKey }) => {
      const filled = path
        .replace('{id}', encodeURIComponent(inPath.value))
        .replace('{email}', encodeURIComponent(inPath.value))
      const query = inQuery ? `?${inQuery.map(({ value }) => encodeURIComponent(value)).join('=')}` : ''
      const json = content.body === undefined ? undefined : writeJson(content.body, isEscaped)
      const values: readonly (Personal | undefined)[] = [
        filled === path ? undefined : inPath,
        ...(inQuery ?? []),
        inHeader?.[1],
        sentKey,
      ]
      return {
        method,
        path: filled + query,
        headers: {
          authorization: `Bearer ${sentKey.value}`,
          ...(json !== undefined && { 'content-type': 'application/json' }),
          ...(inHeader && { [inHeader[0]]: encodeURIComponent(inHeader[1].value) }),
        },
        body: isBroken ? json?.slice(0, -1) : json,
        secrets: [...content.secrets, ...values.flatMap((value) => (value ? [value.secret] : []))],
      }
    })
}

/** Paths where nothing answers, made of names and addresses. */
const lost: fc.Arbitrary<Sent> = fc
  .record({
    method: fc.constantFrom('GET', 'PUT', 'OPTIONS'),
    parts: fc.array(personal, { minLength: 1, maxLength: 4 }),
  })
  .map(({ method, parts }) => ({
    method,
    path: `/public/v1/contacts/${parts.map(({ value }) => encodeURIComponent(value)).join('/')}`,
    headers: {},
    body: undefined,
    secrets: parts.map(({ secret }) => secret),
  }))

const request = fc.oneof(lost, ...(Object.keys(schemas.operations) as OperationId[]).map(arbitraryRequest))

/** A contact that is stored and then read, so that the answers hold what is personal. */
const readBack: fc.Arbitrary<Sent[]> = fc.tuple(email, phone, name).map(([mail, mobile, called]) => {
  const { upsertContact, getContactByEmail } = operations
  const headers = { authorization: `Bearer ${demoKey}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ email: mail.value, phone: mobile.value, customFields: { name: called.value } })
  const path = getContactByEmail.path.replace('{email}', encodeURIComponent(mail.value))
  const secrets = [mail.secret, mobile.secret, called.secret]
  return [
    { method: 'POST', path: upsertContact.path, headers, body, secrets },
    { method: 'GET', path, headers, body: undefined, secrets },
  ]
})

const requests = fc.array(fc.oneof({ weight: 4, arbitrary: request.map((one) => [one]) }, readBack), { maxLength: 3 })

/** A text, and what it says where parts of it are encoded. */
const spell = (text: string) =>
  [text, text.replaceAll(/%([0-9a-f]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))]
    .join('\n')
    .toLowerCase()

test.each([false, true])('nothing personal and no key is listed or exported, strict: %s', async (strict) => {
  const sandbox = await createSandbox({ strict })
  onTestFinished(() => sandbox.close())
  await fc.assert(
    fc.asyncProperty(requests, async (drawn) => {
      const requests = drawn.flat()
      await sandbox.reset()
      for (const { method, path, headers, body } of requests) {
        await sandbox.fetch(`http://sandbox${path}`, { method, headers, body: body ?? null })
      }
      const entries = await sandbox.requests()
      expect(entries).toHaveLength(requests.length)
      const shown = spell(JSON.stringify([entries, await sandbox.har()]))
      expect(requests.flatMap(({ secrets }) => secrets).filter((secret) => shown.includes(secret))).toEqual([])
    }),
    { numRuns: 300 },
  )
})
