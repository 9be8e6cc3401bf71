import { expect, test } from 'vitest'
import type { JournalEntry } from './journal-entry.ts'
import { toHar } from './to-har.ts'

const entry: JournalEntry = {
  id: 'req_1',
  at: '2026-01-01T00:00:02.000Z',
  duration: 1.5,
  operation: 'upsertContact',
  request: {
    method: 'POST',
    path: '/public/v1/contacts',
    query: 'x=[redacted]&y',
    headers: { host: 'localhost:4010', 'content-type': 'application/json' },
    body: '{"email":"[redacted]"}',
    bodySize: 28,
    bodyCut: false,
  },
  response: {
    status: 422,
    headers: { 'content-type': 'application/json' },
    body: '{"error":"è"}',
    bodySize: 14,
    bodyCut: false,
  },
  refusal: { rule: 'body', code: 'validation_error', message: 'email: expected …' },
  fault: { latency: 1 },
  events: [],
  runs: [],
}

const request = (changes: Partial<JournalEntry['request']>) =>
  toHar([{ ...entry, request: { ...entry.request, ...changes } }]).log.entries[0]?.request

test('an entry has all that HAR 1.2 demands, and what the journal says besides', () => {
  const { log } = toHar([entry])
  expect(log).toMatchObject({ version: '1.2', creator: { name: '@minimo/sandbox', version: expect.any(String) } })
  expect(log.entries).toEqual([
    {
      startedDateTime: '2026-01-01T00:00:02.000Z',
      time: 1.5,
      request: {
        method: 'POST',
        url: 'http://localhost:4010/public/v1/contacts?x=%5Bredacted%5D&y',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [
          { name: 'host', value: 'localhost:4010' },
          { name: 'content-type', value: 'application/json' },
        ],
        queryString: [
          { name: 'x', value: '[redacted]' },
          { name: 'y', value: '' },
        ],
        postData: { mimeType: 'application/json', text: '{"email":"[redacted]"}' },
        headersSize: -1,
        bodySize: 28,
      },
      response: {
        status: 422,
        statusText: 'Unprocessable Entity',
        httpVersion: 'HTTP/1.1',
        cookies: [],
        headers: [{ name: 'content-type', value: 'application/json' }],
        content: { size: 14, mimeType: 'application/json', text: '{"error":"è"}' },
        redirectURL: '',
        headersSize: -1,
        bodySize: 14,
      },
      cache: {},
      timings: { send: 0, wait: 1.5, receive: 0 },
      _journal: {
        id: 'req_1',
        operation: 'upsertContact',
        refusal: entry.refusal,
        fault: { latency: 1 },
        events: [],
        runs: [],
      },
    },
  ])
})

test('requests stand in the order in which they came', () => {
  const first = { ...entry, id: 'req_2', at: '2026-01-01T00:00:01.000Z' }
  expect(toHar([entry, first]).log.entries.map(({ _journal }) => _journal.id)).toEqual(['req_2', 'req_1'])
})

test('a body that is missing, cut or unknown is told as HAR has it', () => {
  expect(request({ body: null, bodySize: 0 })).not.toHaveProperty('postData')
  expect(request({ bodySize: 99_999, bodyCut: true })?.postData?.comment).toContain('longer than')
  expect(request({ body: null, bodySize: null, bodyCut: true })?.bodySize).toBe(-1)
})

test.each([
  [{ headers: {} }, 'http://sandbox/public/v1/contacts?x=%5Bredacted%5D&y'],
  [{ headers: { host: 'x/y' }, query: '' }, 'http://sandbox/public/v1/contacts'],
  [
    { headers: { host: '[::1]:4010' }, path: '/a%40b/"è" [x]', query: '' },
    'http://[::1]:4010/a%40b/%22%C3%A8%22%20%5Bx%5D',
  ],
  [{ path: '*', query: '' }, 'http://localhost:4010/*'],
])('every request has a URL: %j', (changes, url) => {
  expect(request(changes)?.url).toBe(url)
  expect(new URL(url).href).toBe(url)
})
