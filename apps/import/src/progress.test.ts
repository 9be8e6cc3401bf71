import { PassThrough } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Progress, showProgress } from './progress.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.advanceTimersByTime(1000)
})
afterEach(() => {
  vi.useRealTimers()
})

const createProgress = (): Progress => ({
  ...{ rows: 1000, earlier: 100, sent: 0, rejected: 100 },
  ...{ startedAt: performance.now(), pausedUntil: 0 },
})

/** A terminal, or what is none, and all that was written to it. */
function createStream(isTTY: boolean) {
  const stream = new PassThrough()
  const written: string[] = []
  stream.on('data', (chunk: Buffer) => written.push(String(chunk)))
  return { stream: Object.assign(stream, { isTTY, columns: 120, rows: 24 }) as unknown as NodeJS.WriteStream, written }
}

it('shows on a terminal in place what was sent, what there is to do, and why it pauses', async () => {
  const { stream, written } = createStream(true)
  const progress = createProgress()
  const hide = showProgress(progress, stream, pino({ enabled: false }))
  progress.sent = 200
  Object.assign(progress, { pausedUntil: performance.now() + 12_000, pausedBy: 503 })
  await vi.advanceTimersByTimeAsync(10_000)
  expect(written.at(-1)).toContain(
    '40 %: 200 sent, 100 already in, 100 rejected; 20.0 a second, 1 min left; paused for 2 s: 503',
  )
  hide()
  expect(vi.getTimerCount()).toBe(0)
})

it('logs a line every five seconds where there is no terminal', async () => {
  const { stream } = createStream(false)
  const lines: string[] = []
  const hide = showProgress(
    { ...createProgress(), startedAt: 0, pausedUntil: performance.now() + 8000, pausedBy: 503 },
    stream,
    pino({}, { write: (line) => lines.push(line) }),
  )
  await vi.advanceTimersByTimeAsync(10_000)
  hide()
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({ rows: 1000, sent: 0, msg: 'checked 1000 rows; paused for 3 s: 503' }),
    expect.objectContaining({ msg: 'checked 1000 rows' }),
  ])
})
