import { once } from 'node:events'
import { connect } from 'node:net'

/** An answer, as far as the benchmark looks at it. */
export interface Answer {
  status: number
  body: string
}

/** A connection that is kept alive, for one request at a time. */
export interface LightConnection {
  /** Sends JSON and reads the answer; rejects where the connection ends instead. */
  send: (method: string, path: string, body: string) => Promise<Answer>
  /** Ends the connection. */
  close: () => void
}

/**
 * Connects to a server that says how long its answers are. It does no more than these benchmarks need, so that the
 * client is not what is measured: a fast server keeps a whole `undici` busy.
 */
export async function connectLightly(baseUrl: string, apiKey: string): Promise<LightConnection> {
  const { hostname, port, host } = new URL(baseUrl)
  const socket = connect(Number(port), hostname).setNoDelay().setEncoding('latin1')
  await once(socket, 'connect')
  const shared = `HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${apiKey}\r\ncontent-type: application/json`
  const ended = () => new Error(`${baseUrl} has ended the connection`)
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined
  let received = ''

  socket.on('data', (text: string) => {
    received += text
    const answer = parseAnswer(received)
    if (!answer) return
    received = ''
    waiting?.resolve(answer)
  })
  socket.on('error', () => {})
  socket.on('close', () => waiting?.reject(ended()))

  return {
    send: (method, path, body) =>
      new Promise((resolve, reject) => {
        if (socket.destroyed) throw ended()
        waiting = { resolve, reject }
        socket.write(`${method} ${path} ${shared}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
      }),
    close: () => socket.destroy(),
  }
}

/** Nothing until all of it is there. */
function parseAnswer(text: string): Answer | undefined {
  const end = text.indexOf('\r\n\r\n') + 4
  const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0)
  if (end < 4 || text.length < end + length) return undefined
  return { status: Number(text.slice(9, 12)), body: text.slice(end) }
}
