import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runScript } from './run-script.ts'

test('a script is run with the version of pnpm that the root package asks for', () => {
  const { packageManager } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
  expect(runScript('generate')).toBe(`npx --yes ${packageManager} generate`)
})
