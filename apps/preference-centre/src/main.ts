import { once } from 'node:events'
import { serve } from '@hono/node-server'
import { createMinimoClient } from '@minimo/client'
import { createSandbox, demoKey } from '@minimo/sandbox'
import { Command } from 'commander'
import { pino } from 'pino'
import { type Config, readConfig } from './config.ts'
import { startDelivery } from './delivery.ts'
import { createLinks } from './links.ts'
import { openRecord } from './record.ts'
import { createSite } from './site.ts'

async function serveSite(): Promise<void> {
  const isDemo = !process.env.MINIMO_API_KEY?.trim()
  const config = readConfig(process.env, { isDemo })
  const log = pino(pino.destination(2))
  const sandbox = isDemo ? await createSandbox() : undefined
  const minimo = createMinimoClient({ ...(sandbox && { apiKey: demoKey, fetch: sandbox.fetch }), retries: 0 })
  const record = openRecord(config.RECORD_FILE)
  const { fetch } = createSite(config, record, log)
  const server = serve({ fetch, port: config.PORT, hostname: config.HOST, serverOptions: { keepAliveTimeout: 65_000 } })
  await once(server, 'listening').catch(({ message }) => Promise.reject(new Error(`Set another PORT: ${message}`)))
  const stopDelivery = startDelivery(record, minimo, log)
  log.info({ port: config.PORT }, 'serving')
  if (sandbox) {
    console.log('No MINIMO_API_KEY: a sandbox with one contact stands in. Open its link:')
    await printLinks(config, [String((await minimo.contacts.upsert({ email: 'anna@example.com' })).id)])
  }
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  // What is answered from here on keeps no connection open.
  if ('keepAliveTimeout' in server) server.keepAliveTimeout = 1
  await new Promise((resolve) => server.close(resolve))
  await stopDelivery()
  await Promise.all([record.close(), sandbox?.close()])
}

/** For each contact the link for a message's text, and the headers that let mail programs unsubscribe from e-mail. */
async function printLinks(config: Config, contacts: readonly string[]): Promise<void> {
  const links = createLinks(config)
  const wrong = contacts.find((contact) => !/^[1-9]\d{0,14}$/.test(contact))
  if (wrong !== undefined) throw new Error(`link expects ids of contacts, such as 42; found ${wrong}`)
  for (const contact of contacts.map(Number)) {
    const unsubscribe = await links.make('unsubscribe', contact, 'email')
    const headers = { 'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
    console.log(JSON.stringify({ contact, preferences: await links.make('preferences', contact), headers }))
  }
}

function printRecord(): void {
  const record = openRecord(process.env.RECORD_FILE ?? 'preference-centre.db')
  for (const choice of record.list({})) console.log(JSON.stringify(choice))
}

const program = new Command('preference-centre').description('People choose what they receive; see the README.')
program.command('serve', { isDefault: true }).description('serve the pages (default)').action(serveSite)
program.command('record').description('print every choice, and whether Minimo has it').action(printRecord)
const link = program.command('link <contact...>').description('print links and headers for messages to contacts, by id')
link.action((contacts: string[]) => printLinks(readConfig(process.env), contacts))
await program.parseAsync().catch((error: Error) => program.error(error.message))
