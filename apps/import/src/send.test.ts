import { createMinimoClient } from '@minimo/client'
import { expect, it, vi } from 'vitest'
import type { CheckedRow } from './check.ts'
import { type Sending, sendRows } from './send.ts'

/** What rows are sent with, against an API that takes its time; how many calls are under way, and how many there were. */
function createSending() {
  const calls = { open: 0, made: 0 }
  const fetch = async () => {
    calls.made++
    calls.open++
    await new Promise((resolve) => setTimeout(resolve, 5 * calls.made))
    calls.open--
    return Response.json({ id: 1, phone: null })
  }
  const sending: Sending = {
    contacts: createMinimoClient({ apiKey: 'mn-a-b', baseUrl: 'https://api.example.com', fetch }).contacts,
    ledger: {
      next: ({ email }) => ({ key: `${email}`, isNew: true }),
      refusalOf: () => null,
      record: vi.fn(),
    },
    progress: { sent: 0, earlier: 0, rejected: 0 },
    reject: vi.fn(),
    concurrency: 4,
    isDry: false,
    stopping: new AbortController(),
    leaving: new AbortController(),
  }
  return { sending, calls }
}

async function* rows(count: number, error?: Error): AsyncGenerator<CheckedRow> {
  for (let row = 0; row < count; row++) yield { cells: [], body: { email: `person-${row}@example.com` } }
  if (error) throw error
}

it('waits for what is under way where the file cannot be read to its end', async () => {
  const { sending, calls } = createSending()
  await expect(sendRows(rows(3, new Error('gone')), sending)).rejects.toThrow('gone')
  expect(calls).toEqual({ open: 0, made: 3 })
  expect(sending.progress).toMatchObject({ sent: 3, rejected: 0 })
})

it('stops where the journal cannot be written, and rejects no row that got in', async () => {
  const { sending, calls } = createSending()
  vi.mocked(sending.ledger.record).mockImplementation(() => {
    throw new Error('disk full')
  })
  await expect(sendRows(rows(100), sending)).rejects.toThrow('disk full')
  expect(calls).toEqual({ open: 0, made: 4 })
  expect(sending.reject).not.toHaveBeenCalled()
})
