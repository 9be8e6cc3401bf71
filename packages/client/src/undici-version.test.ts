import { expect, it } from 'vitest'
import { describeMismatch } from './undici-version.ts'

it.each([
  ['6.29.1', '>=18.17', '20.19.0', 'undici 6.29.1 is older than 7.0.0: npm install undici@7'],
  ['6.29.1', '>=18.17', '24.1.0', 'undici 6.29.1 is older than 7.0.0: npm install undici@8'],
  ['7.0.0', '>=20.18.1', '20.19.0', undefined],
  ['7.30.2', '>=20.18.1', '26.0.0', undefined],
  ['8.0.0', '>=22.19.0', '22.19.0', undefined],
  ['8.13.1', '>=22.19.0', '22.9.0', needs('8.13.1', '22.19.0', '22.9.0')],
  ['8.13.1', '>=22.19.0', '20.20.2', needs('8.13.1', '22.19.0', '20.20.2')],
  ['10.0.0', '>=30', '26.0.0', 'undici 10.0.0 needs Node 30 or newer, and this is Node 26.0.0: npm install undici@8'],
])('undici %s, which asks for Node %s, on Node %s: %s', (version, node, here, want) => {
  expect(describeMismatch({ version, engines: { node } }, here)).toBe(want)
})

function needs(version: string, node: string, here: string): string {
  return `undici ${version} needs Node ${node} or newer, and this is Node ${here}: npm install undici@7`
}
