import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMinimoClient } from '@minimo/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { root } from './code-blocks.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const statuses = [400, 401, 403, 404, 405, 408, 409, 410, 422, 425, 429, 500, 501, 502, 503, 504, 505, 507]

/** What the page of an operation says of repeating it. */
function readRepeating(id: string): string {
  const files = globSync('apps/docs/src/content/docs/reference/*/*.md', { cwd: root })
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8'))
  const page = texts.find((text) => text.includes(`\noperationId: ${id}\n`))
  const [, told] = /\n## Repeating the call\n([\s\S]*?)\n## /.exec(page ?? '') ?? []
  if (told === undefined) throw new Error(`expected a page that says whether ${id} may be repeated`)
  return told
}

type Use = (minimo: ReturnType<typeof createMinimoClient>) => Promise<unknown>

/** The answers after which the client makes another attempt, of those that a function makes. */
async function findRepeated(use: Use, answer: (status: number) => Response): Promise<number[]> {
  const repeated: number[] = []
  for (const status of statuses) {
    let attempts = 0
    const fetch = async () => {
      attempts++
      return answer(status)
    }
    const call = use(createMinimoClient({ apiKey: 'mn-1-test', fetch })).catch(() => {})
    await vi.runAllTimersAsync()
    await call
    if (attempts > 1) repeated.push(status)
  }
  return repeated
}

const bare = (status: number) => new Response(null, { status })
const withWait = (status: number) => new Response(null, { status, headers: { 'retry-after': '1' } })
const numbersIn = (text: string) => (text.match(/\b[45]\d\d\b/g) ?? []).map(Number)

it('pages name just the statuses after which the client repeats a call that may be repeated', async () => {
  const [, told = ''] = /the statuses ([\d, and]+)\./.exec(readRepeating('deleteContact')) ?? []
  expect(await findRepeated((minimo) => minimo.contacts.delete(42), bare)).toEqual(numbersIn(told))
})

it('pages name just the statuses after which the client repeats a call that must not have its effect twice', async () => {
  const [, always, waiting] = /after (\d+), after (\d+) with `Retry-After`/.exec(readRepeating('sendEmail')) ?? []
  const send: Use = (minimo) => minimo.emails.send({ to: 'anna@example.com', subject: 'Hello', html: '<p>.</p>' })
  expect(await findRepeated(send, bare)).toEqual([Number(always)])
  expect(await findRepeated(send, withWait)).toEqual([Number(always), Number(waiting)])
})
