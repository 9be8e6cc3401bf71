/**
 * How long a response asks to wait, in milliseconds: `retry-after-ms` before `Retry-After`, which is a
 * number of seconds or an HTTP date (RFC 9110, 10.2.3). A past date is 0; `undefined` where nothing usable is said.
 */
export function parseRetryAfter(headers: Headers, now: number): number | undefined {
  const milliseconds = number(headers.get('retry-after-ms'))
  if (milliseconds !== undefined) return milliseconds
  const value = headers.get('retry-after')
  const seconds = number(value)
  if (seconds !== undefined) return seconds * 1000
  if (!value || !httpDate.test(value)) return undefined
  // The oldest of the three formats means GMT without saying so.
  const date = Date.parse(`${value.replace(/ GMT$/, '')} GMT`)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

const httpDate = /^[a-z]{3,9},? [\w -]+ \d\d:\d\d:\d\d (GMT|\d{4})$/i

const number = (value: string | null) => (value && /^\d+(\.\d+)?$/.test(value) ? Number(value) : undefined)
