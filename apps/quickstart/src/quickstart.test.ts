import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const file = fileURLToPath(new URL('./quickstart.ts', import.meta.url))

/** Runs the quickstart as a partner would, without a key in the environment unless one is given. */
function run(args: string[], environment: Record<string, string> = {}) {
  const { MINIMO_API_KEY: _, MINIMO_API_URL: __, ...rest } = process.env
  return spawnSync('node', [file, ...args], { encoding: 'utf8', env: { ...rest, ...environment } })
}

/** A URL of this machine that nobody listens at. */
async function closedUrl(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
}

describe('the quickstart', () => {
  it('changes, merges, deletes and restores a contact, and shows errors and events', () => {
    const { status, stdout, stderr } = run([])
    expect(stderr).toBe('')
    expect(stdout).toContain('Found old@example.com: contact 1')
    expect(stdout).toContain('Changed its e-mail to new@example.com')
    expect(stdout).toContain("Merged custom fields: { plan: 'pro', address: { city: 'Torino', zip: '10121' } }")
    expect(stdout).toContain('Deleted: GET /public/v1/contacts/by-email/{email}: 404 not_found')
    expect(stdout).toMatch(/Restored with what it had: \{[^}]*\}[^}]*seats: 5/)
    expect(stdout).toContain('A wrong key: GET /public/v1/contacts/by-email/{email}: 401 unauthorized')
    const events = [...stdout.matchAll(/^ {2}contact\.(\w+) +(.*)$/gm)].map(([, type, fields]) => [type, fields])
    expect(events).toEqual([
      ['created', 'customFields.address.city, customFields.plan, email'],
      ['updated', 'email'],
      ['updated', 'customFields.address.zip, customFields.plan'],
      ['updated', 'marketingConsent.email, marketingConsent.whatsapp'],
      ['consent_changed', 'marketingConsent.email, marketingConsent.whatsapp'],
      ['deleted', expect.any(String)],
      ['restored', expect.any(String)],
    ])
    expect(status).toBe(0)
  })

  it('says what is missing when the real API is asked without a key', () => {
    const { status, stderr } = run(['old@example.com', 'new@example.com', '--live'])
    expect(stderr).toContain('MINIMO_API_KEY')
    expect(status).toBe(1)
  })

  it('says which contact to name when the real API is asked without one', () => {
    const { status, stderr } = run(['--live'], { MINIMO_API_KEY: 'mn-1-2' })
    expect(stderr).toContain('OLD_EMAIL NEW_EMAIL')
    expect(status).toBe(2)
  })

  it('says which server cannot be reached when it is stopped', async () => {
    const url = await closedUrl()
    const environment = { MINIMO_API_KEY: 'mn-1-2', MINIMO_API_URL: url }
    const { status, stderr } = run(['old@example.com', 'new@example.com', '--live'], environment)
    expect(stderr).toContain(`no response from ${url} (ECONNREFUSED)`)
    expect(status).toBe(1)
  })

  it('fits on a screen', () => {
    expect(readFileSync(file, 'utf8').split('\n').length).toBeLessThan(60)
  })
})
