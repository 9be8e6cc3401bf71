import { Refusal } from '../exchange/refusal.ts'

/** Why a database did not do its work, in a word for the caller. */
export type Reason = keyof typeof reasons

/** By reason: what is said to the caller, and after how many seconds it is worth trying again. */
const reasons = {
  locked: { message: 'Another writer held what this request needs for too long', retryAfter: 1 },
  busy: { message: 'Too many requests wait for the database', retryAfter: 1 },
  timeout: { message: 'The database did not answer in time', retryAfter: 2 },
  unreachable: { message: 'The database cannot be reached, or its connection was lost', retryAfter: 2 },
  full: { message: 'The database has no room left: nothing can be written', retryAfter: 30 },
  'read-only': { message: 'The database is read-only: nothing can be written', retryAfter: 30 },
  corrupt: { message: 'The database is damaged', retryAfter: 60 },
  io: { message: 'The database could not read or write its files', retryAfter: 30 },
} as const

/**
 * The database could not do its work, through no fault of the request: answered with 503, the reason as `cause` in the
 * details, and `Retry-After`. What was under way was undone, or may have been committed where a commit went unanswered.
 */
export class DatabaseUnavailable extends Refusal {
  override name = 'DatabaseUnavailable'
  readonly reason: Reason
  /** What the database or its driver threw. */
  override readonly cause: unknown

  constructor(reason: Reason, cause?: unknown) {
    const { message, retryAfter } = reasons[reason]
    super(503, `${message}. Try again after ${retryAfter} s.`, {
      code: 'service_unavailable',
      details: { cause: reason },
      headers: { 'retry-after': String(retryAfter) },
    })
    this.reason = reason
    this.cause = cause
  }
}

/** SQLSTATEs, or their first three characters. */
const postgresReasons: Readonly<Record<string, Reason>> = {
  '55P03': 'locked',
  40001: 'locked',
  '40P01': 'locked',
  57014: 'timeout',
  '25P03': 'timeout',
  '25P04': 'timeout',
  53300: 'busy',
  53200: 'busy',
  53100: 'full',
  25006: 'read-only',
  58030: 'io',
  XX001: 'corrupt',
  XX002: 'corrupt',
  '080': 'unreachable',
  '57P': 'unreachable',
}

/** SQLite's primary result codes. */
const sqliteReasons: Readonly<Record<number, Reason>> = {
  5: 'locked',
  6: 'locked',
  8: 'read-only',
  10: 'io',
  11: 'corrupt',
  13: 'full',
  14: 'io',
  26: 'corrupt',
}

const networkCode = /^(E(CONN|PIPE|TIMEDOUT|HOST|NET|NOTFOUND|AI_)|ERR_(SOCKET|STREAM)|ERR_SSL|ENOENT$)/

/** What the driver says, in words, of a connection that is lost or cannot be had. */
const driverMessages: readonly (readonly [RegExp, Reason])[] = [
  [/^timeout exceeded when trying to connect/, 'busy'],
  [/^Query read timeout/, 'timeout'],
  [/connection timeout|Connection terminated|connection error|not queryable|closed the connection/i, 'unreachable'],
]

/** The reason behind what a database threw; `undefined` where it is about the statement or the work itself. */
export function reasonOf(error: unknown): Reason | undefined {
  if (!(error instanceof Error) || error instanceof Refusal) return undefined
  return reasonByCode(error) ?? reasonByMessage(error.message) ?? reasonOf(error.cause)
}

function reasonByCode(error: Error): Reason | undefined {
  if ('errcode' in error) return sqliteReasons[Number(error.errcode) & 0xff]
  if (!('code' in error) || typeof error.code !== 'string') return undefined
  const { code } = error
  if (networkCode.test(code)) return 'unreachable'
  return postgresReasons[code] ?? postgresReasons[code.slice(0, 3)]
}

function reasonByMessage(message: string): Reason | undefined {
  return driverMessages.find(([pattern]) => pattern.test(message))?.[1]
}
