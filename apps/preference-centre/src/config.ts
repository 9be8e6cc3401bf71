import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'

const isOrigin = (text: string) => URL.parse(text)?.origin === text && /^https:|^http:..(localhost|127\.)/.test(text)
const isPlace = (file: string) => existsSync(resolve(file, '..'))
const linkKeys = z.string().regex(/^[\w.-]+:[\w+/-]{43}=?(,[\w.-]+:[\w+/-]{43}=?)*$/)
const parseKeys = (text: string) =>
  new Map(text.split(',').map((pair) => [pair.replace(/:.*/, ''), Buffer.from(pair.replace(/.*:/, ''), 'base64')]))

const settings = z.object({
  MINIMO_API_URL: z.url().optional().describe('a URL, such as https://api.minimo.it'),
  PUBLIC_URL: z.string().refine(isOrigin).describe('an https origin, such as https://preferences.example.com'),
  LINK_KEYS: linkKeys.transform(parseKeys).describe('NAME:KEY,… newest first; `openssl rand -base64 32` makes a KEY'),
  LINK_DAYS: z.coerce.number().int().min(30).max(3650).default(180).describe('a whole number from 30 to 3650'),
  RECORD_FILE: z.string().refine(isPlace).default('preference-centre.db').describe('a file in a folder that there is'),
  HOST: z.string().default('127.0.0.1').describe('an address of this machine'),
  PORT: z.coerce.number().int().min(1).max(65535).default(8080).describe('a port from 1 to 65535'),
})

/** The settings, by their names in the environment; the keys of links by name. */
export type Config = z.infer<typeof settings>

/** Reads the settings; throws one error that tells all that is wrong. For a demo, keys and record live in memory only. */
export function readConfig(env: NodeJS.ProcessEnv, { isDemo = false } = {}): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()))
  const LINK_KEYS = `demo:${randomBytes(32).toString('base64')}`
  const demo = { PUBLIC_URL: `http://localhost:${given.PORT ?? 8080}`, LINK_KEYS, RECORD_FILE: ':memory:' }
  const { data, error } = settings.safeParse({ ...(isDemo && demo), ...given })
  if (data) return data
  const lines = error.issues.map(({ path: [key] }) => {
    const name = key as keyof Config
    const found = name === 'LINK_KEYS' && given[name] ? 'something else' : (JSON.stringify(given[name]) ?? 'nothing')
    return `  ${name}: expected ${settings.shape[name].description}; found ${found}`
  })
  throw new Error(['Mend these settings in the environment; the README lists all:', ...new Set(lines)].join('\n'))
}
