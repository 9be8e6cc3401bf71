import { expect, test } from 'vitest'
import { checkNodeVersion } from './node-version.ts'

test.each(['22.20.0', '22.21.1', '24.7.0', '25.0.0-nightly'])('Node %s is taken', (version) => {
  checkNodeVersion(version)
})

test.each(['18.20.8', '20.20.2', '22.4.0', '22.19.0', '23.11.0', '24.6.0'])('Node %s is refused', (version) => {
  expect(() => checkNodeVersion(version)).toThrow(`needs Node 22.20, 24.7 or newer, found ${version}`)
})
