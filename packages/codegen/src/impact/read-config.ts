import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SpecConfig } from '../config.ts'

/** The specs that a config lists. */
export async function readConfig(configFile: string): Promise<SpecConfig[]> {
  return (await import(pathToFileURL(resolve(configFile)).href)).specs
}

/**
 * The specs that a config listed when this was its text. It runs where the config stands now, so what it imports is
 * what is there now. Rejects where it cannot be run any more.
 */
export async function readEarlierConfig(configFile: string, text: string): Promise<SpecConfig[]> {
  if (text === readFileSync(configFile, 'utf8')) return readConfig(configFile)
  // A module is read once for each address.
  const hash = createHash('sha256').update(text).digest('hex')
  const url = `${pathToFileURL(resolve(configFile)).href}?${hash}`
  const hooks = registerHooks({
    load: (asked, context, next) => ({ ...next(asked, context), ...(asked === url && { source: text }) }),
  })
  try {
    const { specs } = await import(url)
    if (!Array.isArray(specs)) throw new Error('it exports no `specs`')
    return specs
  } finally {
    hooks.deregister()
  }
}
