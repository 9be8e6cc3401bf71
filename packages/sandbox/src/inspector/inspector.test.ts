import { readdir } from 'node:fs/promises'
import { operations } from '@minimo/api-types'
import { expect, onTestFinished, test } from 'vitest'
import { createSandbox } from '../create-sandbox.ts'

/** A sandbox on a port; it is closed after the test. */
async function listen() {
  const sandbox = await createSandbox()
  onTestFinished(() => sandbox.close())
  const { url } = await sandbox.listen()
  return { url, page: `${url}/_sandbox/` }
}

const accept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'

test('a browser is led to the page, which may load nothing from elsewhere and no script of its own', async () => {
  const { url, page } = await listen()
  const response = await fetch(`${url}/_sandbox`, { headers: { accept } })
  expect([response.url, response.status, response.headers.get('content-type')]).toEqual([
    page,
    200,
    'text/html; charset=utf-8',
  ])
  const policy = response.headers.get('content-security-policy')
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; /)
  expect(policy).not.toContain('unsafe')
  expect(await response.text()).not.toMatch(/<script(?![^>]* src=)|<style|style=| on\w+=/)
})

test('a program gets the list of the control API', async () => {
  const { url } = await listen()
  expect(await (await fetch(`${url}/_sandbox`)).json()).toMatchObject({ data: expect.any(Array) })
})

test('each file of the page is there, in its media type, and no other', async () => {
  const { page } = await listen()
  const files = await readdir(new URL('page', import.meta.url))
  for (const file of files.filter((name) => name !== 'index.html')) {
    const response = await fetch(`${page}inspector/${file}`)
    expect([file, response.status]).toEqual([file, 200])
    expect(response.headers.get('content-type')).toMatch(
      /^(?:text\/(?:css|javascript); charset=utf-8|image\/svg\+xml)$/,
    )
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await response.text()).length).toBeGreaterThan(50)
  }
  for (const name of ['inspector/other.js', 'inspector/', 'inspector/..%2Finspector.ts', 'inspector/constructor']) {
    expect((await fetch(page + name)).status).toBe(404)
  }
})

test('the page is told the names of operations and events', async () => {
  const { page } = await listen()
  expect(await (await fetch(`${page}inspector/names.json`)).json()).toEqual({
    operations: Object.keys(operations),
    eventTypes: expect.arrayContaining(['contact.created']),
  })
})

test('who may not use the control API gets no page', async () => {
  const { page } = await listen()
  const refused = await fetch(page, { headers: { 'x-forwarded-for': '203.0.113.1' } })
  expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: 'forbidden' } }])
  expect((await fetch(page, { method: 'HEAD' })).status).toBe(200)
})
