import { createParser } from 'eventsource-parser'
import type { EventStream } from './core/body-types.ts'
import { ClientError } from './core/errors.ts'

/** An event of a stream of them. */
export interface ServerSentEvent<Data = string> {
  /** Its type; `undefined` where the server names none, which browsers call `message`. */
  event: string | undefined
  /** Id by which the server knows it; `undefined` where it has none. */
  id: string | undefined
  data: Data
}

/** How a stream of events is read. */
export interface EventOptions<Json extends boolean = boolean> {
  /** Whether the data of each event is JSON. Default: it is given as text. */
  json?: Json | undefined
  /** Data of an event that ends the stream and is no event itself, such as `[DONE]`. Default: none does. */
  end?: string | undefined
}

/** What the data of an event is, by whether it is JSON, and what the document says of it. */
type DataOf<Data, Json> = Json extends true ? (string extends Data ? unknown : Data) : string

/** Characters that one event may have. */
const longest = 2 ** 25

/**
 * Reads an answer of `text/event-stream`, event by event. The time limits and the signal of the call hold until its end;
 * who stops early, by `break` or an error, gives the connection free. Rejects with `ClientError` for data that is not the
 * JSON that it should be, and an event of more than 32 Mi characters. Needs the package `eventsource-parser`.
 */
export async function* readEvents<Data = string, Json extends boolean = false>(
  stream: EventStream<Data>,
  { json, end }: EventOptions<Json> = {},
): AsyncGenerator<ServerSentEvent<DataOf<Data, Json>>, void, void> {
  const reader = stream.getReader()
  const parse = createEventParser()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      for (const { event, id, data } of parse(value)) {
        if (data === end) return
        // Sound as far as the document is: it says what the data of its events is.
        yield { event, id, data: (json ? parseData(data) : data) as DataOf<Data, Json> }
      }
      if (done) return
    }
  } finally {
    reader.cancel().catch(() => {})
  }
}

/** Makes what gives the events that each chunk completes. */
function createEventParser(): (chunk: Uint8Array | undefined) => ServerSentEvent[] {
  const decoder = new TextDecoder()
  const events: ServerSentEvent[] = []
  let isTooLong = false
  const parser = createParser({
    maxBufferSize: longest,
    onEvent: ({ event, id, data }) => events.push({ event, id, data }),
    onError: ({ type }) => {
      isTooLong ||= type === 'max-buffer-size-exceeded'
    },
  })
  return (chunk) => {
    parser.feed(decoder.decode(chunk, { stream: chunk !== undefined }))
    if (isTooLong) throw new ClientError(`an event of the stream has more than ${longest} characters`)
    return events.splice(0)
  }
}

function parseData(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    // What the parser says would quote the data.
    throw new ClientError('an event of the stream has data that is not JSON; read it without json, or name its end')
  }
}
