import type { Plugin } from '../core/call.ts'

/** What is told of one attempt. Holds no parameter, header, body or other value of the call. */
export interface LogEntry {
  /** operationId. */
  operation: string
  method: string
  /** Path template, such as `/contacts/{id}`. */
  path: string
  /** 1 for the first attempt. */
  attempt: number
  /** From sending the request to having its whole body, in milliseconds. */
  durationMs: number
  /** Status of the response; absent when there was none. */
  status?: number
  /** Name of the error, such as `ConnectionError`; absent when there was a response. */
  error?: string
}

/** Tells the sink of each attempt, wherever the plugin stands; a sink that throws fails the call. */
export function logger(sink: (entry: LogEntry) => void): Plugin {
  const observe: Plugin = (next) => async (call) => {
    const { id, method, path } = call.operation
    const start = performance.now()
    const tell = (outcome: Pick<LogEntry, 'status' | 'error'>) =>
      sink({ operation: id, method, path, attempt: call.attempt, durationMs: performance.now() - start, ...outcome })
    let response: Response
    try {
      response = await next(call)
    } catch (error) {
      tell({ error: error instanceof Error ? error.name : typeof error })
      throw error
    }
    tell({ status: response.status })
    return response
  }
  return (next) => (call) => next({ ...call, plugins: [observe, ...call.plugins] })
}
