/**
 * How long a response asks to wait, in milliseconds: `retry-after-ms` before `Retry-After`, which is a
 * number of seconds or an HTTP date (RFC 9110, 10.2.3). A past date is 0; `undefined` where nothing usable is said.
 */
export function parseRetryAfter(headers: Headers, now: number): number | undefined {
  const value = headers.get('retry-after') ?? ''
  // The oldest of the three formats means GMT without saying so.
  const date = httpDate.test(value) ? Date.parse(value.replace(/( GMT)?$/, ' GMT')) : Number.NaN
  const pauses = [number(headers.get('retry-after-ms')), number(value) * 1000, Math.max(0, date - now)]
  return pauses.find((pause) => pause >= 0)
}

const httpDate = /^[a-z]{3,9},? [\w -]+ \d\d:\d\d:\d\d (GMT|\d{4})$/i

const number = (value: string | null) => (/^\d+(\.\d+)?$/.test(`${value}`) ? Number(value) : Number.NaN)
