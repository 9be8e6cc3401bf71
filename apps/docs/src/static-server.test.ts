import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type StaticServer, startStaticServer } from './static-server.ts'

let folder: string
let server: StaticServer

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docs-'))
  await mkdir(join(folder, 'dist/guides'), { recursive: true })
  const files = {
    'dist/index.html': 'first',
    'dist/guides/index.html': 'guides',
    'dist/404.html': 'none',
    'key.txt': 'key',
  }
  await Promise.all(Object.entries(files).map(([file, text]) => writeFile(join(folder, file), text)))
  server = await startStaticServer({ folder: join(folder, 'dist'), base: '/docs/' })
})

afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

it.each([
  ['', 200, 'first'],
  ['guides/', 200, 'guides'],
  ['guides', 200, 'guides'],
  ['gone/', 404, 'none'],
  ['%', 404, 'none'],
  ['..%2fkey.txt', 404, 'none'],
  ['/key.txt', 404, 'none'],
])('%j is answered with %i', async (path, status, text) => {
  const answer = await fetch(server.url + path)
  expect([answer.status, await answer.text()]).toEqual([status, text])
})

it('nothing is served above the base', async () => {
  expect((await fetch(new URL('/guides/', server.url))).status).toBe(404)
})
