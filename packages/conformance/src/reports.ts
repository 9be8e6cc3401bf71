import type { Result } from './stage.ts'

/** The parts of what Jest writes with `--json`, and Vitest with its reporter `json`. */
interface JestReport {
  testResults: {
    name: string
    message: string
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[]
  }[]
}

/** Reads a report of Jest or Vitest. A file that could not be loaded is a failure of its own. */
export function parseJestReport(text: string): Result[] {
  const { testResults } = JSON.parse(text) as JestReport
  return testResults.flatMap(({ name, message, assertionResults }): Result[] => {
    if (assertionResults.length === 0) return [{ name, ok: false, error: message }]
    return assertionResults.map(({ fullName, status, failureMessages }) =>
      status === 'passed'
        ? { name: fullName, ok: true }
        : { name: fullName, ok: false, error: failureMessages.join('\n') || status },
    )
  })
}

/** Reads a report in JUnit's XML, as Node and Bun write it: whatever is in a test case besides its name is a failure. */
export function parseJUnitReport(text: string): Result[] {
  return [...text.matchAll(/<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g)].map(([, attributes = '', inner]) => {
    const name = /\bname="([^"]*)"/.exec(attributes)?.[1] ?? ''
    return inner?.trim() ? { name, ok: false, error: inner.trim() } : { name, ok: true }
  })
}
