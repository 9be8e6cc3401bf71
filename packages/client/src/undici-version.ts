import { createRequire } from 'node:module'
import { MinimoError } from './core/errors.ts'

/** What of undici's `package.json` decides whether it works here. */
export interface UndiciPackage {
  version: string
  engines: { node: string }
}

/** What to do where an undici is too old for this package or too new for this Node; `undefined` where it works. */
export function describeMismatch({ version, engines }: UndiciPackage, node: string): string | undefined {
  const needed = engines.node.replace(/^\D+/, '')
  const isTooNew = compare(needed, node) > 0
  if (!isTooNew && compare(version, oldest) >= 0) return undefined
  const why = isTooNew ? `needs Node ${needed} or newer, and this is Node ${node}` : `is older than ${oldest}`
  return `undici ${version} ${why}: npm install undici@${compare(node, '22.19') < 0 ? 7 : 8}`
}

const oldest = '7.0.0'

const compare = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true })

/** `undefined` in a bundle, for whose undici the bundler has answered. */
function readPackage(): UndiciPackage | undefined {
  try {
    return createRequire(import.meta.url)('undici/package.json')
  } catch {
    return undefined
  }
}

// It is imported before undici, which breaks with an error of its own on a Node that is too old for it.
const installed = readPackage()
const mismatch = installed && describeMismatch(installed, process.versions.node)
if (mismatch) throw new MinimoError(mismatch)
