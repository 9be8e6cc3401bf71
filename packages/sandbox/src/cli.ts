#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { operations } from '@minimo/api-types'
import { demoKey, type SandboxConfig } from './config.ts'
import { parseConfig, parseKey } from './parse-config.ts'
import { createSandbox } from './sandbox.ts'

const usage = `Usage: minimo-sandbox [options]

Serves a sandbox of the Minimo API: it remembers, validates and fires events as the API is documented to do.

  --port NUMBER     port to listen on; default: a free one
  --host HOST       address to listen on; default 127.0.0.1, this machine only
  --db WHERE        a SQLite file, or postgres://user:password@host/database; default: memory
  --api-key KEY     the key to accept, mn-<clientId>-<secret>; default ${demoKey}
  --seed N          start with 100 demo contacts, the same for the same N
  --config FILE     JSON: keys, automations, templates, faults
  --control WHO     who may use the control API: local (default) or all
  --help            show this

Ctrl-C ends it after the requests under way.`

/** What the command line asks for. */
interface Arguments {
  help: boolean
  port: number
  host: string
  control: 'local' | 'all'
  database?: string
  apiKey?: string
  seed?: number
  configFile?: string
}

/** Where the program meets the terminal: arguments in, text out, signals. */
async function main(args: string[]): Promise<void> {
  const { help, port, host, database, seed, control, apiKey, configFile } = readArguments(args)
  if (help) return console.log(usage)
  const config = await readConfig(configFile)
  const keys = apiKey === undefined ? config.keys : [{ key: parseKey(apiKey, '--api-key') }]
  if (keys !== config.keys && config.keys) {
    throw new Error('--api-key: the config file names the keys already; give one or the other')
  }
  const isKept = database !== undefined
  const sandbox = await createSandbox({ ...config, control, ...(keys && { keys }), ...(isKept && { database }) })
  try {
    // First, so that nothing is seeded where the port cannot be had.
    const { url } = await sandbox.listen({ port, host })
    if (seed !== undefined) await sandbox.seed({ seed })
    console.log(describe({ url, key: keys?.[0]?.key ?? demoKey, isKept }))
  } catch (error) {
    await sandbox.close()
    throw error
  }
  endOnSignal(() => sandbox.close())
}

function readArguments(args: string[]): Arguments {
  const text = { type: 'string' } as const
  const options = { port: text, host: text, db: text, 'api-key': text, seed: text, config: text, control: text }
  const { values } = parseArgs({ args, options: { ...options, help: { type: 'boolean', short: 'h' } } })
  const { db, seed, config, control = 'local', host = '127.0.0.1', 'api-key': apiKey } = values
  if (control !== 'local' && control !== 'all') throw new Error(`--control: expected local or all, found ${control}`)
  return {
    help: values.help ?? false,
    port: wholeNumber('port', values.port ?? '0', 65_535),
    host,
    control,
    ...(db !== undefined && { database: db }),
    ...(apiKey !== undefined && { apiKey }),
    ...(config !== undefined && { configFile: config }),
    ...(seed !== undefined && { seed: wholeNumber('seed', seed, 2 ** 32 - 1) }),
  }
}

function wholeNumber(name: string, value: string, max: number): number {
  if (/^\d{1,10}$/.test(value) && Number(value) <= max) return Number(value)
  throw new Error(`--${name}: expected a whole number from 0 to ${max}, found ${JSON.stringify(value)}`)
}

async function readConfig(file: string | undefined): Promise<SandboxConfig> {
  if (file === undefined) return {}
  try {
    return await parseConfig(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new Error(`--config ${file}: ${error instanceof Error ? error.message : error}`)
  }
}

function describe({ url, key, isKept }: { url: string; key: string; isKept: boolean }): string {
  const kept = isKept ? 'kept where --db says' : 'in memory, gone when this ends'
  return `Minimo sandbox
  URL      ${url}
  Key      ${key}
  Data     ${kept}
  Control  ${url}/_sandbox

Try it:
  curl --request POST '${url}${operations.upsertContact.path}' \\
    --header 'Authorization: Bearer ${key}' \\
    --header 'Content-Type: application/json' \\
    --data '{ "email": "anna@example.com", "customFields": { "plan": "pro" } }'

For clients: MINIMO_API_URL=${url} MINIMO_API_KEY=${key}
Ctrl-C ends it.`
}

/** Ends cleanly on the first signal; a second one ends at once, as signals do. */
function endOnSignal(close: () => Promise<void>): void {
  const end = () => {
    for (const name of ['SIGINT', 'SIGTERM']) process.off(name, end)
    close().catch((error) => fail(error))
  }
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, end)
}

function fail(error: unknown): void {
  console.error(`${error instanceof Error ? error.message : error}\n\nminimo-sandbox --help shows the options.`)
  process.exitCode = 1
}

await main(process.argv.slice(2)).catch(fail)
