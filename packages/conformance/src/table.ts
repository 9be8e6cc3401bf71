import type { Outcome } from './check.ts'

/** Formats the outcomes as one table, with the errors beneath it. */
export function formatOutcomes(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(({ name }) => name.length))
  const row = (...[name = '', passed, failed, seconds]: readonly string[]) =>
    `${name.padEnd(width)}  ${passed?.padStart(6)}  ${failed?.padStart(6)}  ${seconds?.padStart(8)}`
  const lines = outcomes.map(({ name, results, missing, milliseconds }) => {
    if (missing) return `${name.padEnd(width)}  missing: ${missing}`
    const passed = results.filter(({ ok }) => ok).length
    return row(name, `${passed}`, `${results.length - passed}`, `${(milliseconds / 1000).toFixed(1)} s`)
  })
  const errors = outcomes.flatMap(({ name, results }) =>
    results.filter(({ ok }) => !ok).map((result) => `${name}: ${result.name}\n${result.error ?? ''}\n`),
  )
  return [row('', 'passed', 'failed', 'time'), ...lines, '', ...errors].join('\n')
}

/** Adds up the outcomes. A check that ran nothing, missing or not, counts as failed. */
export function countOutcomes(outcomes: readonly Outcome[]): { passed: number; failed: number } {
  const results = outcomes.flatMap(({ results }) => results)
  const passed = results.filter(({ ok }) => ok).length
  const empty = outcomes.filter(({ results }) => results.length === 0).length
  return { passed, failed: results.length - passed + empty }
}
