import type { SandboxRequest } from '../exchange/exchange.ts'
import type { Controls } from './controls.ts'

/** What an endpoint answers with. */
export interface Answer {
  /** Default: 200, or 204 where there is nothing to say. */
  status?: number
  /** Sent as JSON. */
  body?: unknown
  /** Server-Sent Events, instead of a body. */
  stream?: AsyncIterable<string>
}

/** What an endpoint gets. */
export interface ControlCall {
  request: SandboxRequest
  controls: Controls
  /** The `{id}` of the path, as sent; empty where the path has none. */
  id: string
  /** How often a stream of events says that it is still there, in milliseconds. */
  heartbeat: number
}

/** One endpoint of the control API. */
export interface Endpoint {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/_sandbox`; `{id}` stands for any one segment. */
  path: string
  /** What it does, and the query or body that it takes. */
  summary: string
  /** Throws a `Refusal` for a request that is not valid. */
  answer(call: ControlCall): Promise<Answer>
}
