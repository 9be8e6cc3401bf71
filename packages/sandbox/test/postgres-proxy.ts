import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

/** What stands before a PostgreSQL server until the test ends. */
export interface PostgresProxy {
  /** The URL of the database, by way of the proxy. */
  location: string
  /** Passes nothing on from now on, without closing a connection. */
  fallSilent(): void
  /** Puts another text of the same length for the next occurrence of one in what clients send. */
  replaceNext(text: string, other: string): void
  /** How often clients have sent something after they had been answered. */
  roundTrips(): number
}

/** Starts a proxy before the server of a database's URL. */
export async function startPostgresProxy(location: string): Promise<PostgresProxy> {
  const target = new URL(location)
  const { hostname, port } = target
  const sockets = new Set<Socket>()
  let silent = false
  let replacement: readonly [text: string, other: string] | undefined
  let trips = 0

  function change(data: Buffer): Buffer {
    const sent = data.toString('latin1')
    if (!replacement || !sent.includes(replacement[0])) return data
    const changed = sent.replace(...replacement)
    replacement = undefined
    return Buffer.from(changed, 'latin1')
  }

  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    let answered = true
    near.on('data', (data) => {
      if (answered) trips++
      answered = false
      if (!silent) far.write(change(data))
    })
    far.on('data', (data) => {
      answered = true
      if (!silent) near.write(data)
    })
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('error', () => to.destroy())
      from.on('close', () => !silent && to.destroy())
    }
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  target.port = String((server.address() as AddressInfo).port)
  return {
    location: target.href,
    fallSilent() {
      silent = true
    },
    replaceNext(...texts) {
      replacement = texts
    },
    roundTrips: () => trips,
  }
}
