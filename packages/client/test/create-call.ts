import type { ApiRequest, Call, Operation, ResolvedOptions } from '../src/core/call.ts'

/** What of a call matters to a test. */
export interface GivenCall {
  request?: Partial<ApiRequest>
  options?: Partial<ResolvedOptions>
  /** When its deadline begins, on the clock of `performance.now()`; default: now. */
  begun?: number
}

/** Makes a call as plugins see it: one attempt, no limits but those that are given, nothing sent yet. */
export function createCall(
  operation: Operation,
  { request, options, begun = performance.now() }: GivenCall = {},
): Call {
  const { deadline = false } = options ?? {}
  return {
    operation,
    request: { method: operation.method, url: 'https://api.example.com/things', headers: {}, ...request },
    attempt: 1,
    options: {
      timeout: false,
      deadline: false,
      retries: 2,
      maxRetryAfter: 60_000,
      maxResponseBytes: false,
      headers: {},
      read: () => 'text',
      ...options,
    },
    expires: deadline === false ? Number.POSITIVE_INFINITY : begun + deadline,
    plugins: [],
    progress: { attempts: 0, secrets: [] },
  }
}
