import { expect, it, onTestFinished, vi } from 'vitest'
import { parseRetryAfter } from './retry-after.ts'

function setTimeZone(name: string) {
  vi.stubEnv('TZ', name)
  onTestFinished(() => {
    vi.unstubAllEnvs()
  })
}

const now = Date.UTC(1994, 10, 6, 8, 49, 30)

const values: [given: Record<string, string>, want: number | undefined][] = [
  [{}, undefined],
  [{ 'retry-after-ms': '250' }, 250],
  [{ 'retry-after-ms': '0' }, 0],
  [{ 'retry-after-ms': '12.5' }, 12.5],
  [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
  [{ 'retry-after-ms': '0', 'retry-after': '9' }, 0],
  [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9000],
  [{ 'retry-after-ms': '-1', 'retry-after': '9' }, 9000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '120' }, 120_000],
  [{ 'retry-after': ' 3 ' }, 3000],
  [{ 'retry-after': '1.5' }, 1500],
  [{ 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT' }, 7000],
  [{ 'retry-after': 'Sunday, 06-Nov-94 08:49:37 GMT' }, 7000],
  [{ 'retry-after': 'Sun Nov  6 08:49:37 1994' }, 7000],
  [{ 'retry-after': 'Sun, 06 Nov 1994 08:49:00 GMT' }, 0],
  [{ 'retry-after': 'Mon, 01 Jan 1990 00:00:00 GMT' }, 0],
]
it.each(values)('R4: reads %o as %s', (headers, want) => {
  setTimeZone('UTC')
  expect(parseRetryAfter(new Headers(headers), now)).toBe(want)
})

it.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
  'R4: reads the date %s as GMT wherever the program runs',
  (date) => {
    setTimeZone('America/New_York')
    expect(parseRetryAfter(new Headers({ 'retry-after': date }), now)).toBe(7000)
  },
)

it.each([
  '',
  'soon',
  '-5',
  '1e3',
  '0x10',
  'Infinity',
  'NaN',
  '1, 2',
  '5 seconds',
  'retry 5',
  'May 5',
  'next Sunday 12',
  'in 1 minute',
])('R4: finds nothing usable in the garbage %j', (garbage) => {
  expect(parseRetryAfter(new Headers({ 'retry-after': garbage }), now)).toBeUndefined()
})
