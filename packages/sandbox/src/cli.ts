#!/usr/bin/env node
import { readFileSync, statSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { operations } from '@minimo/api-types'
import type { SandboxConfig } from './config/config.ts'
import { parseConfig, parseKey } from './config/parse-config.ts'
import { parseScenario } from './control/check-arguments.ts'
import { createSandbox } from './create-sandbox.ts'
import { demoKey } from './handlers/authenticate.ts'
import { checkNodeVersion } from './runtime/node-version.ts'
import { maxSeed } from './runtime/random.ts'

const usage = `Usage: minimo-sandbox [options]

Serves a sandbox of the Minimo API: it remembers, validates and fires events as the API is documented to do.

  --port NUMBER     port to listen on; default: a free one
  --host HOST       address to listen on; default 127.0.0.1, this machine only
  --db WHERE        a SQLite file, or postgres://user:password@host/database; default: memory
  --api-key KEY     the key to accept, mn-<clientId>-<secret>; default ${demoKey}
  --seed N          start with 100 demo contacts; they and, but on PostgreSQL, all ids are the same for the same N
  --scenario FILE   JSON: what is done to it before it is used, in steps
  --config FILE     JSON: keys, automations, templates, faults, rate limit, retention, journal
  --strict          refuse body keys and query names that the spec does not know
  --control WHO     who may use the control API: local (default) or all
  --help            show this

Ctrl-C ends it after the requests under way, within 10 seconds.`

/** What the command line asks for. */
interface Arguments {
  help: boolean
  port: number
  host: string
  control: 'local' | 'all'
  strict: boolean
  database?: string
  apiKey?: string
  seed?: number
  configFile?: string
  scenarioFile?: string
}

/** The options that are whole numbers, with the highest of each. */
const highest = { port: 65_535, seed: maxSeed }

/** Where the program meets the terminal: arguments in, text out, signals. */
async function main(args: string[]): Promise<void> {
  const { help, port, host, database, seed, control, apiKey, configFile, scenarioFile, ...given } = readArguments(args)
  if (help) return console.log(usage)
  checkNodeVersion()
  const config: SandboxConfig = (await readFile('--config', configFile, parseConfig)) ?? {}
  const scenario = await readFile('--scenario', scenarioFile, parseScenario)
  const keys = apiKey === undefined ? config.keys : [{ key: parseKey(apiKey, '--api-key') }]
  if (keys !== config.keys && config.keys) {
    throw new Error('--api-key: the config file names the keys already; give one or the other')
  }
  const isKept = database !== undefined
  const strict = given.strict || (config.strict ?? false)
  const sandbox = await createSandbox({
    ...config,
    control,
    strict,
    ...(keys && { keys }),
    ...(isKept && { database }),
    ...(seed !== undefined && { seed }),
  })
  try {
    // First, so that nothing is seeded where the port cannot be had.
    const { url } = await sandbox.listen({ port, host })
    // Before the seed, which a reset in it would undo.
    if (scenario) await about('--scenario', scenarioFile, () => sandbox.play(scenario))
    if (seed !== undefined) await sandbox.seed()
    // Before it says that it runs: whoever reads that may end it at once.
    endOnSignal(() => sandbox.close())
    console.log(describe({ url, key: keys?.[0]?.key ?? demoKey, isKept }))
  } catch (error) {
    await sandbox.close()
    throw error
  }
}

function readArguments(args: string[]): Arguments {
  const values = readOptions(args)
  const { db, seed, config, scenario, control = 'local', host = '127.0.0.1', 'api-key': apiKey } = values
  if (control !== 'local' && control !== 'all') throw new Error(`--control: expected local or all, found ${control}`)
  return {
    help: values.help ?? false,
    strict: values.strict ?? false,
    port: wholeNumber('port', values.port ?? '0'),
    host,
    control,
    ...(db !== undefined && { database: db }),
    ...(apiKey !== undefined && { apiKey }),
    ...(config !== undefined && { configFile: config }),
    ...(scenario !== undefined && { scenarioFile: scenario }),
    ...(seed !== undefined && { seed: wholeNumber('seed', seed) }),
  }
}

function readOptions(args: string[]) {
  const text = { type: 'string' } as const
  const names = { port: text, host: text, db: text, 'api-key': text, seed: text, control: text }
  const options = { ...names, config: text, scenario: text }
  try {
    const flags = { strict: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const
    return parseArgs({ args, options: { ...options, ...flags } }).values
  } catch (error) {
    // A value that begins with a dash, such as -1. Node calls it ambiguous, in three lines.
    const [, name = ''] = /^Option '--([a-z-]+)' argument is ambiguous/.exec(reasonOf(error)) ?? []
    if (name === '') throw error
    if (name === 'port' || name === 'seed') wholeNumber(name, args[args.indexOf(`--${name}`) + 1] ?? '')
    throw new Error(`--${name}: expected a value, found another option; --${name}=-x gives a value that begins with -`)
  }
}

function wholeNumber(name: keyof typeof highest, value: string): number {
  if (/^\d{1,10}$/.test(value) && Number(value) <= highest[name]) return Number(value)
  throw new Error(`--${name}: expected a whole number from 0 to ${highest[name]}, found ${JSON.stringify(value)}`)
}

/** What `parse` takes the JSON of an option's file for, if there is one. */
async function readFile<T>(
  option: keyof typeof examples,
  file: string | undefined,
  parse: (value: unknown) => Promise<T>,
): Promise<T | undefined> {
  if (file === undefined) return undefined
  return about(option, file, () => parse(readJson(file, examples[option])))
}

/** Where work fails of a file, the message names that. */
async function about<T>(option: string, file: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new Error(`${option} ${file}: ${reasonOf(error)}`)
  }
}

const examples = {
  '--config': '{"keys": [{"key": "mn-1-secret"}]}',
  '--scenario': '{"steps": [{"seed": {"contacts": 10}}]}',
}

function readJson(file: string, example: string): unknown {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) throw new Error('expected a JSON file, found nothing by this name')
  if (found.isDirectory()) throw new Error('expected a JSON file, found a folder')
  const content = readFileSync(file, 'utf8')
  try {
    return JSON.parse(content)
  } catch (error) {
    // V8 may quote the file, and a key with it.
    const reason = reasonOf(error).replace(/, \.*".* is not valid JSON$/s, '')
    throw new Error(`expected JSON such as ${example}, found text that is none: ${reason}`)
  }
}

function describe({ url, key, isKept }: { url: string; key: string; isKept: boolean }): string {
  const kept = isKept ? 'kept where --db says' : 'in memory, gone when this ends'
  return `Minimo sandbox
  URL      ${url}
  Key      ${key}
  Data     ${kept}
  Inspect  ${url}/_sandbox/

Try it:
  curl --request POST '${url}${operations.upsertContact.path}' \\
    --header 'Authorization: Bearer ${key}' \\
    --header 'Content-Type: application/json' \\
    --data '{ "email": "anna@example.com", "customFields": { "plan": "pro" } }'

For clients: MINIMO_API_URL=${url} MINIMO_API_KEY=${key}
Ctrl-C ends it.`
}

/** How long ending may take, in milliseconds: less than the ten seconds that what sent the signal may wait. */
const endWithin = 9500

/** Ends cleanly on the first signal, at once after 9.5 seconds; a second one ends at once, as signals do. */
function endOnSignal(close: () => Promise<void>): void {
  const end = () => {
    for (const name of ['SIGINT', 'SIGTERM']) process.off(name, end)
    setTimeout(endNow, endWithin).unref()
    close().catch((error) => fail(error))
  }
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, end)
}

/** What was acknowledged has been committed, so that nothing is lost but what is under way. */
function endNow(): void {
  console.error(`It did not end within ${endWithin / 1000} s and was cut short; nothing that was acknowledged is lost.`)
  process.exit(1)
}

function fail(error: unknown): void {
  console.error(`${reasonOf(error)}\n\nminimo-sandbox --help shows the options.`)
  process.exitCode = 1
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

await main(process.argv.slice(2)).catch(fail)
