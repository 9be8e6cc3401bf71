import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeFolder } from '../../test/write-folder.ts'
import { inlineCommand } from './inline.ts'

const engine = {
  'node_modules/@ours/engine/package.json': JSON.stringify({
    name: '@ours/engine',
    version: '1.0.0',
    exports: { './start': './dist/start.js' },
  }),
  'node_modules/@ours/engine/dist/start.js':
    "import { read } from './parts/read.js'\nimport 'fetcher'\nexport const start = () => read\n//# sourceMappingURL=start.js.map",
  'node_modules/@ours/engine/dist/start.d.ts':
    "export declare const start: () => import('./parts/read.ts').Read\n//# sourceMappingURL=start.d.ts.map\n",
  'node_modules/@ours/engine/dist/parts/read.js': "import { join } from 'node:path'\nexport const read = join\n",
  'node_modules/@ours/engine/dist/parts/read.d.ts': 'export type Read = string\n',
  'node_modules/@ours/engine/dist/unused.js': 'export {}\n',
}

/** A built package, of which one module imports another package; `dependencies` are what its users install with it. */
const writePackage = (dependencies: Record<string, string>) =>
  writeFolder({
    ...engine,
    'package.json': JSON.stringify({ name: 'cars', dependencies, devDependencies: { '@ours/engine': '1' } }),
    'dist/gen/index.js':
      "// as `import { start } from '@ours/engine/start'` does\nexport { start } from '@ours/engine/start'\n",
    'dist/gen/index.d.ts': "export { start } from '@ours/engine/start'\n",
  })

test('what is imported of a package that is not installed is copied with what it imports, and nothing else', async () => {
  const folder = writePackage({ fetcher: '1' })
  await inlineCommand.run({ file: folder, values: {} })
  const read = (file: string) => readFileSync(join(folder, 'dist', file), 'utf8')
  expect(read('gen/index.js')).toBe(
    "// as `import { start } from '@ours/engine/start'` does\nexport { start } from '../inlined/engine/start.js'\n",
  )
  expect(read('gen/index.d.ts')).toBe("export { start } from '../inlined/engine/start.js'\n")
  expect(read('inlined/engine/start.js')).toBe(
    "import { read } from './parts/read.js'\nimport 'fetcher'\nexport const start = () => read\n",
  )
  expect(read('inlined/engine/start.d.ts')).toBe("export declare const start: () => import('./parts/read.ts').Read\n")
  expect(read('inlined/engine/parts/read.js')).toContain("from 'node:path'")
  expect(read('inlined/engine/parts/read.d.ts')).toBe('export type Read = string\n')
  expect(existsSync(join(folder, 'dist/inlined/engine/unused.js'))).toBe(false)
})

test('what is copied may not need a package that nobody would install', async () => {
  const folder = writePackage({})
  await expect(async () => inlineCommand.run({ file: folder, values: {} })).rejects.toThrow(
    /package\.json to list what .*start\.js imports; found no fetcher\. Add it to dependencies/,
  )
  expect(existsSync(join(folder, 'dist/inlined'))).toBe(false)
})
