import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { house, replacePiece } from '../../test/fixtures.ts'
import { runInside } from '../../test/run-command.ts'
import { writeFolder } from '../../test/write-folder.ts'
import { runProgram } from './run-program.ts'

const config = `
import { emitPages } from '${new URL('../index.ts', import.meta.url)}'

export const specs = [
  { name: 'house', source: 'house.yaml', rules: 'house', emitters: [emitPages({ path: 'docs' })] },
]
`

const generate = (folder: string, ...options: string[]) =>
  runInside(folder, () => runProgram(['generate', 'codegen.config.ts', ...options]))

test('a page of an operation that is gone is told by --check, and removed by the next run', async () => {
  const folder = writeFolder({ 'codegen.config.ts': config, 'house.yaml': house, 'docs/guests/by-hand.md': '# Mine' })
  await generate(folder)
  const page = join(folder, 'docs/guests/get-guest.md')
  expect(existsSync(page)).toBe(true)
  writeFileSync(join(folder, 'house.yaml'), replacePiece(house, 'operationId: getGuest', 'operationId: readGuest'))
  const checked = await generate(folder, '--check')
  expect(checked.status).toBe(1)
  expect(checked.stderr).toContain('  docs/guests/get-guest.md (nothing generates it any more)\n')
  expect(existsSync(page)).toBe(true)
  expect((await generate(folder)).stdout).toMatch(/written, 1 removed/)
  expect(existsSync(page)).toBe(false)
  expect((await generate(folder, '--check')).status).toBe(0)
})

test('what people wrote into a folder of pages stays, even if it speaks of what is generated', async () => {
  const text = '# Mine\n\nEach page says `@generated from house.yaml`.\n'
  const folder = writeFolder({ 'codegen.config.ts': config, 'house.yaml': house, 'docs/by-hand.md': text })
  await generate(folder)
  expect((await generate(folder, '--check')).status).toBe(0)
  expect(existsSync(join(folder, 'docs/by-hand.md'))).toBe(true)
})
