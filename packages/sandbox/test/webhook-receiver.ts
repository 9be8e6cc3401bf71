import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** A webhook as it arrived. */
export interface ReceivedWebhook {
  headers: IncomingHttpHeaders
  body: string
}

/** Decides on the answer to the nth webhook, counted from 0: a status, or nothing for no answer ever. */
export type AnswerWebhook = (nth: number) => number | undefined | Promise<number | undefined>

/** Starts a real receiver of webhooks on a free port; it is stopped after the test. */
export async function startWebhookReceiver(answer: AnswerWebhook = () => 204) {
  const received: ReceivedWebhook[] = []
  const waiting = new Set<() => void>()
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) })
    for (const look of waiting) look()
    const status = await answer(received.length - 1)
    if (status !== undefined) response.writeHead(status, { location: '/elsewhere' }).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    /** Resolves when so many webhooks have arrived. */
    arrived: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (received.length < count) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
