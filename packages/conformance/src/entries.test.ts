import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'

const require = createRequire(import.meta.url)
const packages = ['@minimo/api-types', '@minimo/client']

interface Manifest {
  exports: Record<string, unknown>
}

/** Every entry of a package that is code, by what a partner writes to load it. */
const entries = packages.flatMap((name) => {
  const { exports } = JSON.parse(readFileSync(require.resolve(`${name}/package.json`), 'utf8')) as Manifest
  const paths = Object.keys(exports).filter((path) => !path.includes('*') && !path.endsWith('.json'))
  return paths.map((path) => name + path.slice(1))
})

it.each(entries)('%s gives the same to import and to require(), each a module of its own', async (entry) => {
  const [imported, required]: [object, object] = [await import(entry), require(entry)]
  expect(Object.keys(required).sort()).toEqual(Object.keys(imported).sort())
  expect(require.resolve(entry)).toContain('/dist/cjs/')
  expect(import.meta.resolve(entry)).not.toContain('/dist/cjs/')
})
