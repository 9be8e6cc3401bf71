import { expect, test } from 'vitest'
import { createReportFailure } from './report-failure.ts'

test('a failure is one line of JSON, and of many with the same cause only the first is told at once', () => {
  const lines: string[] = []
  const report = createReportFailure((line) => lines.push(line))
  const error = Object.assign(new Error('database or disk is full'), { errcode: 13 })
  for (let times = 0; times < 3; times++) report({ what: 'database', cause: 'full', error })
  report({ what: 'request', cause: 'sendEmail', error: new TypeError('two\nlines') })
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { level: 'error', what: 'database', cause: 'full', error: 'database or disk is full', code: 13 },
    { level: 'error', what: 'request', cause: 'sendEmail', error: 'two\nlines', stack: expect.any(String) },
  ])
  for (const line of lines) expect(line.trimEnd()).not.toContain('\n')
})
