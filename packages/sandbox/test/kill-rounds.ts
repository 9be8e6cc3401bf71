import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { createRandom } from '../src/runtime/random.ts'
import { callSandbox, checkWrites, type Write } from './durability.ts'

/** How to put a sandbox to the test. */
export interface KillRoundsOptions {
  /** How often it is killed. */
  rounds: number
  /** The path of a SQLite file that does not exist yet; the config is written beside it. */
  database: string
  /** Decides when each round's kill comes, and how long each webhook's answer takes; default 1. */
  seed?: number
}

/** What came of all rounds. */
export interface KillFigures {
  /** Writes that were answered with success. */
  acknowledged: number
  /** Webhooks that arrived once more, because a kill came before their run was recorded as delivered. */
  repeatedWebhooks: number
  /** Acknowledged writes that were not there at some check. */
  lost: number
  /** Acknowledged writes whose event was not stored exactly once at some check. */
  eventsMissing: number
  /** Acknowledged writes whose webhook had not arrived, or was not recorded as delivered, at some check. */
  webhooksMissing: number
}

/** How many writes are in flight. */
const writers = 8

/** The shortest and longest time from the first write to the kill, in milliseconds. */
const killAfter = { least: 100, most: 900 }

/**
 * Runs the program on a file, writes to it over HTTP, kills it with SIGKILL at a random moment, starts it again, and
 * checks every write that was acknowledged so far; so many rounds. Rejects where the program does not start or answer.
 */
export async function runKillRounds({ rounds, database, seed = 1 }: KillRoundsOptions): Promise<KillFigures> {
  const random = createRandom(seed)
  const receiver = await startReceiver(() => random() * 20)
  const args = ['--db', database, '--config', `${database}.config.json`]
  await writeFile(`${database}.config.json`, JSON.stringify({ automations: createAutomations(receiver.url) }))
  const writes: Write[] = []
  const found = { lost: new Set<Write>(), eventsMissing: new Set<Write>(), webhooksMissing: new Set<Write>() }
  let program = await startProgram(args)
  try {
    for (let round = 1; round <= rounds; round++) {
      const { url } = program
      const load = Array.from({ length: writers }, (_, at) => write(url, `r${round}w${at}`, writes))
      const wait = killAfter.least + random() * (killAfter.most - killAfter.least)
      await Promise.all([setTimeout(wait).then(program.kill), ...load])
      program = await startProgram(args)
      await checkWrites(program.url, { writes, webhooks: receiver.events, found })
    }
  } finally {
    await program.kill()
    receiver.close()
  }
  return {
    acknowledged: writes.length,
    repeatedWebhooks: receiver.repeated(),
    lost: found.lost.size,
    eventsMissing: found.eventsMissing.size,
    webhooksMissing: found.webhooksMissing.size,
  }
}

const createAutomations = (webhook: string) =>
  ['contact.created', 'contact.updated'].map((when) => ({ name: when, when, webhook }))

/** Starts the program, and resolves when it listens. */
async function startProgram(args: readonly string[]): Promise<{ url: string; kill: () => Promise<void> }> {
  const file = fileURLToPath(new URL('../src/cli.ts', import.meta.url))
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const [, found] = /URL +(\S+)\n/.exec(printed) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`The program ended with ${code} before it listened: ${printed}`)))
  })
  return {
    url,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Takes webhooks, each answered after a while in milliseconds, so that some are under way at every kill. */
async function startReceiver(delay: () => number) {
  const events = new Map<string, number>()
  const server = createServer(async (request, response) => {
    try {
      const { data } = (await json(request)) as { data: { id: string } }
      events.set(data.id, (events.get(data.id) ?? 0) + 1)
      await setTimeout(delay())
      response.writeHead(204).end()
    } catch {
      // The program was killed while it sent this.
      response.destroy()
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    /** How often each event has arrived, by its id. */
    events,
    repeated: () => [...events.values()].filter((times) => times > 1).length,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

/** Writes one thing after the other until an answer stays out: new contacts, and updates of each by either way. */
async function write(url: string, name: string, writes: Write[]): Promise<void> {
  let [email, id] = ['', 0]
  for (let count = 0; ; count++) {
    const isNew = count % 10 === 0
    if (isNew) email = `${name}n${count}@example.com`
    const token = `${name}c${count}`
    const isUpsert = isNew || count % 2 === 1
    const path = isUpsert ? '/public/v1/contacts' : `/public/v1/contacts/${id}`
    const body = { ...(isUpsert && { email }), customFields: { [token]: token } }
    const answer = await callSandbox<{ id: number }>(url, path, { method: isUpsert ? 'POST' : 'PUT', body }).catch(
      whereGone,
    )
    if (!answer) return
    writes.push({ token, email })
    id = answer.id
  }
}

/** Nothing for a program that is gone; any other failure is thrown on. */
function whereGone(error: unknown): undefined {
  // What `fetch` rejects with where the connection cannot be had or breaks.
  if (!(error instanceof TypeError)) throw error
}
