import { createMinimoClient } from '@minimo/client'
import { assertNoPersonalData, recordRequests } from '@minimo/client/testing'
import { demoKey } from '@minimo/sandbox'
import { describe, expect, it } from 'vitest'
import { startCentre } from '../test/centre.ts'

const form = (fields: Record<string, string>) => new URLSearchParams({ wording: '', ...fields })

/** Posts as the page of the centre does. */
const post = (link: string, fields: Record<string, string>) =>
  fetch(link, { method: 'POST', body: form(fields), redirect: 'manual', headers: { origin: new URL(link).origin } })

const oneClick = form({ 'List-Unsubscribe': 'One-Click' })

describe('links that are opened', () => {
  it('change nothing, whoever opens them and how often', async () => {
    const centre = await startCentre()
    const contact = await centre.addContact('anna@example.com')
    const links = [await centre.links.make('preferences', contact), await centre.links.make('unsubscribe', contact)]
    for (const link of links) {
      for (const method of ['GET', 'HEAD', 'OPTIONS'])
        await fetch(`${link}?List-Unsubscribe=One-Click&stop=all`, { method })
      expect((await fetch(link)).status).toBe(200)
    }
    expect(centre.record()).toEqual([])
    expect(await centre.consentOf(contact)).toEqual({ email: null, whatsapp: null })
  })

  it('are answered alike where they are forged, expired, cut, of another key or for another page', async () => {
    const centre = await startCentre()
    const contact = await centre.addContact('anna@example.com')
    const { preferences, forged, expired, unsubscribe } = await centre.makeBadLinks(contact)
    const bad = [forged, expired, preferences.slice(0, -9), preferences.replace('preferences', 'unsubscribe')]
    bad.push(unsubscribe.replace('unsubscribe', 'preferences'), `${centre.url}/preferences/x`, `${centre.url}/`)
    const answers = await Promise.all(bad.map((link) => fetch(link)))
    expect(answers.map(({ status }) => status)).toEqual(bad.map(() => 404))
    const pages = new Set(await Promise.all(answers.map((answer) => answer.text())))
    expect(pages.size).toBe(1)
    expect([...pages][0]).not.toContain('<form')
    for (const link of bad) expect((await post(link, { version: '0', stop: 'all' })).status).toBe(404)
    for (const link of bad) expect((await fetch(link, { method: 'POST', body: oneClick })).status).toBe(404)
    expect(centre.record()).toEqual([])
  })

  it('tell neither the contact nor its e-mail', async () => {
    const centre = await startCentre()
    const contact = await centre.addContact('anna@example.com')
    const link = await centre.links.make('preferences', contact)
    const parts = (link.split('/').at(-1) ?? '')
      .split('.')
      .map((part) => Buffer.from(part, 'base64url').toString('latin1'))
    expect(parts[0]).toBe('{"alg":"dir","enc":"A256GCM","kid":"new"}')
    expect(parts.slice(1).join()).not.toMatch(/anna|sub|preferences/)
    expect(await (await fetch(link)).text()).not.toContain('anna')
  })

  it('of an older key still work', async () => {
    const older = await startCentre()
    const contact = await older.addContact('anna@example.com')
    const link = await older.links.make('preferences', contact)
    const { LINK_KEYS = '' } = older.env
    const newer = await startCentre({ LINK_KEYS: `newest:${Buffer.alloc(32, 1).toString('base64')},${LINK_KEYS}` })
    expect((await fetch(link.replace(older.url, newer.url))).status).toBe(200)
    const newest = await newer.links.make('preferences', contact)
    expect(Buffer.from(newest.split('/').at(-1)?.split('.')[0] ?? '', 'base64url').toString()).toContain(
      '"kid":"newest"',
    )
    expect((await fetch(newest.replace(newer.url, older.url))).status).toBe(404)
  })
})

describe('one-click unsubscribe', () => {
  it('takes both encodings of RFC 8058, without cookie, origin or redirect, and withdraws one channel', async () => {
    const centre = await startCentre()
    const multipart = new FormData()
    multipart.set('List-Unsubscribe', 'One-Click')
    for (const body of [oneClick, multipart]) {
      const contact = await centre.addContact(`${body.constructor.name}@example.com`)
      const answer = await fetch(await centre.links.make('unsubscribe', contact, 'email'), {
        method: 'POST',
        body,
        redirect: 'manual',
      })
      expect(answer.status).toBe(200)
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: null })
    }
    expect(centre.record()).toMatchObject([{ via: 'one-click', wording: null }, { via: 'one-click' }])
  })

  it('takes nothing but the one pair, and whatever else comes along changes nothing', async () => {
    const centre = await startCentre()
    const contact = await centre.addContact('anna@example.com')
    const link = await centre.links.make('unsubscribe', contact, 'whatsapp')
    for (const fields of [{}, { stop: 'all', version: '0' }, { 'List-Unsubscribe': 'one-click' }]) {
      expect((await fetch(link, { method: 'POST', body: form(fields) })).status).toBe(400)
    }
    expect((await fetch(link, { method: 'POST' })).status).toBe(400)
    expect(centre.record()).toEqual([])
    await fetch(link, {
      method: 'POST',
      body: form({ 'List-Unsubscribe': 'One-Click', email: 'yes', whatsapp: 'yes' }),
    })
    expect(await centre.consentOf(contact)).toEqual({ email: null, whatsapp: false })
  })

  it('is told again each time: somebody may have granted it elsewhere', async () => {
    const centre = await startCentre()
    const contact = await centre.addContact('anna@example.com')
    const link = await centre.links.make('unsubscribe', contact, 'email')
    await fetch(link, { method: 'POST', body: oneClick })
    await centre.minimo.contacts.update(contact, { marketingConsent: { email: true } })
    await fetch(link, { method: 'POST', body: oneClick })
    expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: null })
  })
})

describe('saving', () => {
  it('sends only what was changed, and leaves alone what changed elsewhere', async () => {
    const centre = await startCentre()
    const contact = await centre.addContact('anna@example.com')
    const link = await centre.links.make('preferences', contact)
    await post(link, { version: '0', email: 'yes', whatsapp: 'yes' })
    await centre.minimo.contacts.update(contact, { marketingConsent: { whatsapp: false } })
    const { status, headers } = await post(link, { version: '2', email: 'no', whatsapp: 'yes' })
    expect([status, headers.get('location')]).toEqual([303, '?saved=3'])
    expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: false })
    expect(centre.record().map(({ channel, answer }) => [channel, answer])).toEqual([
      ['email', 'yes'],
      ['whatsapp', 'yes'],
      ['email', 'no'],
    ])
  })

  it('lets one of many at the same time win, and tells the others', async () => {
    const centre = await startCentre()
    const contact = await centre.addContact('anna@example.com')
    const link = await centre.links.make('preferences', contact)
    const answers = ['yes', 'no', 'yes', 'no', 'yes', 'no'].map((email) => post(link, { version: '0', email }))
    const statuses = (await Promise.all(answers)).map(({ status }) => status)
    // The first wins; those that ask for the same find it done, those that ask for the opposite are told.
    expect(statuses.filter((status) => status === 303)).toHaveLength(3)
    expect(statuses.filter((status) => status === 409)).toHaveLength(3)
    const [only, ...more] = centre.record()
    expect(more).toEqual([])
    expect(await centre.consentOf(contact)).toEqual({ email: only?.answer === 'yes', whatsapp: null })
  })

  it('stops everything, also what seems to be stopped', async () => {
    const centre = await startCentre()
    const contact = await centre.addContact('anna@example.com')
    const link = await centre.links.make('preferences', contact)
    await post(link, { version: '0', email: 'no' })
    await centre.minimo.contacts.update(contact, { marketingConsent: { email: true } })
    expect((await post(link, { version: '1', email: 'no', stop: 'all' })).headers.get('location')).toBe('?saved=3')
    expect((await post(link, { version: '1', email: 'no', stop: 'all' })).headers.get('location')).toBe('?saved=3')
    expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: false })
  })

  it('refuses what no page of ours sends', async () => {
    const centre = await startCentre()
    const contact = await centre.addContact('anna@example.com')
    const link = await centre.links.make('preferences', contact)
    const origin = { origin: centre.url }
    const send = (body: BodyInit, headers: Record<string, string> = origin) =>
      fetch(link, { method: 'POST', body, headers })
    const good = form({ version: '0', stop: 'all' })
    const refused = [
      [await send(good, {}), 403],
      [await send(good, { origin: 'https://evil.example' }), 403],
      [await send(good, { origin: 'null', 'sec-fetch-site': 'cross-site' }), 403],
      [await send('{"version":"0","stop":"all"}', { 'content-type': 'application/json' }), 400],
      [await send(form({ version: '0', email: 'maybe' })), 400],
      [await send(form({ email: 'no' })), 400],
      [await send('no boundary', { ...origin, 'content-type': 'multipart/form-data; boundary=x' }), 400],
      [await send(form({ version: '0', stop: 'x'.repeat(20_000) })), 413],
      [await fetch(link, { method: 'PUT', body: good, headers: origin }), 404],
    ] as const
    expect(refused.map(([{ status }]) => status)).toEqual(refused.map(([, status]) => status))
    expect(centre.record()).toEqual([])
  })
})

describe('every answer', () => {
  it('is kept by no cache, shown in no frame and by no search, and lets other sites have no link', async () => {
    const centre = await startCentre()
    const link = await centre.links.make('preferences', await centre.addContact('anna@example.com'))
    const answers = [
      await fetch(link),
      await fetch(`${link}x`),
      await post(link, {}),
      await post(link, { version: '0' }),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 400, 303])
    for (const { headers } of answers) {
      expect(Object.fromEntries(headers)).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy':
          "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'referrer-policy': 'strict-origin',
        'strict-transport-security': expect.stringContaining('max-age='),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'x-robots-tag': 'noindex',
      })
      expect(headers.get('set-cookie')).toBeNull()
    }
  })

  it('is in the language that the browser prefers', async () => {
    const centre = await startCentre()
    const link = await centre.links.make('preferences', await centre.addContact('anna@example.com'))
    const languageOf = async (accepted: string) => {
      const page = await (await fetch(link, { headers: { 'accept-language': accepted } })).text()
      return /<html lang="(\w+)/.exec(page)?.[1]
    }
    expect(await languageOf('it-IT,it;q=0.9,en;q=0.8')).toBe('it')
    expect(await languageOf('de-DE,de;q=0.9,it;q=0.5')).toBe('it')
    expect(await languageOf('en-GB')).toBe('en')
    expect(await languageOf('de')).toBe('en')
  })

  it('tells the limit, which is of one contact and not of one address', async () => {
    const centre = await startCentre()
    const [anna, bruno] = [await centre.addContact('anna@example.com'), await centre.addContact('bruno@example.com')]
    const link = await centre.links.make('preferences', anna)
    const first = await fetch(link)
    expect(first.headers.get('ratelimit-policy')).toBe('"link";q=60;w=60')
    expect(first.headers.get('ratelimit')).toMatch(/^"link";r=59;t=\d+$/)
    for (let count = 1; count < 60; count++) await (await fetch(link)).text()
    const refused = await post(link, { version: '0', stop: 'all' })
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.headers.get('ratelimit')).toMatch(/^"link";r=0;t=\d+$/)
    expect(centre.record()).toEqual([])
    expect(
      (await fetch(await centre.links.make('unsubscribe', bruno), { method: 'POST', body: oneClick })).status,
    ).toBe(200)
  })
})

it('logs no link and nothing of a person', async () => {
  const centre = await startCentre()
  const recording = recordRequests(centre.sandbox.fetch)
  const person = { email: 'anna.rossi@example.com', phone: '+393391234567', customFields: { city: 'Torino' } }
  const { id } = await createMinimoClient({ apiKey: demoKey, fetch: recording.fetch }).contacts.upsert(person)
  const link = await centre.links.make('preferences', id)
  await post(link, { version: '0', email: 'yes' })
  await post(link, { version: '0', email: 'no' })
  await fetch(`${link}x`)
  await fetch(await centre.links.make('unsubscribe', id), { method: 'POST', body: oneClick })
  await centre.minimo.contacts.upsert({ email: 'second@example.com' })
  await centre.cutOff()
  await post(link, { version: '2', stop: 'all' })
  await centre.end('SIGTERM')
  const log = centre.log()
  expect(log.match(/"request"/g)?.length).toBeGreaterThan(4)
  expect(log).toContain('not delivered')
  assertNoPersonalData(log, recording)
  for (const part of (link.split('/').at(-1) ?? '').split('.').filter(Boolean)) expect(log).not.toContain(part)
})
