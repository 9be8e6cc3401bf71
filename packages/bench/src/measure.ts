/** What `interleave` runs: a name and a unit of work. */
export interface Subject<T> {
  name: string
  /** Does the measured thing once. */
  run: () => T | Promise<T>
}

/** The middle of the numbers, or the mean of the two in the middle; `NaN` for none. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2
}

/**
 * Runs every subject once a round, each round starting with another one, so that a machine that warms up or
 * slows down meets all alike. Gives each subject's results by its name, in the order of the subjects.
 */
export async function interleave<T>(subjects: readonly Subject<T>[], rounds: number): Promise<Map<string, T[]>> {
  const results = new Map(subjects.map(({ name }): [string, T[]] => [name, []]))
  for (let round = 0; round < rounds; round++) {
    const start = round % subjects.length
    for (const { name, run } of [...subjects.slice(start), ...subjects.slice(0, start)]) {
      results.get(name)?.push(await run())
    }
  }
  return results
}

/** A table as aligned Markdown: the first column to the left, the others to the right. */
export function formatTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0), 2))
  const line = (row: readonly string[]) =>
    `| ${widths.map((width, column) => (column === 0 ? (row[0] ?? '').padEnd(width) : (row[column] ?? '').padStart(width))).join(' | ')} |`
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`))
  return [line(head), line(rule), ...rows.map(line)].join('\n')
}

/** A number with thousands separated and so many digits after the point. */
export const formatNumber = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
