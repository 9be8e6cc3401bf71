/** What went wrong, for whoever runs the sandbox. */
export interface Failure {
  /** What failed, such as `database`. */
  what: string
  /** A word that failures of the same kind share. */
  cause: string
  error: unknown
}

/** Tells of failures. */
export type ReportFailure = (failure: Failure) => void

/** How long a cause that was told is only counted, in milliseconds: an outage must not fill a disk with lines. */
const quiet = 10_000

/** Creates what writes one line of JSON per failure, default to stderr: at most one per cause in 10 seconds. */
export function createReportFailure(
  write: (line: string) => void = (line) => process.stderr.write(line),
): ReportFailure {
  const told = new Map<string, { at: number; more: number }>()
  return ({ what, cause, error }) => {
    const key = `${what} ${cause}`
    const last = told.get(key)
    const now = performance.now()
    if (last && now - last.at < quiet) {
      last.more++
      return
    }
    told.set(key, { at: now, more: 0 })
    const since = last && last.more > 0 ? { alsoSinceLastLine: last.more } : {}
    write(
      `${JSON.stringify({ time: new Date().toISOString(), level: 'error', what, cause, ...describe(error), ...since })}\n`,
    )
  }
}

function describe(error: unknown): object {
  if (!(error instanceof Error)) return { error: String(error) }
  const code = 'errcode' in error ? error.errcode : 'code' in error ? error.code : undefined
  return { error: error.message || error.name, ...(code === undefined ? { stack: error.stack } : { code }) }
}
