import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packReleased, run } from 'packed'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { root } from './code-blocks.ts'

const container = join(root, 'packages/sandbox/container')
const read = (name: string) => readFileSync(join(container, name), 'utf8')

/** The instructions of the Dockerfile, in their order. */
const instructions = Array.from(read('Dockerfile').matchAll(/^([A-Z]+) (.+)$/gm), ([, name = '', text = '']) => ({
  name,
  text,
}))

/** What follows an instruction that is there once. */
function textOf(name: string): string {
  const [found, ...others] = instructions.filter((instruction) => instruction.name === name)
  return found && others.length === 0 ? found.text : expect.fail(`expected one ${name}, found ${others.length}`)
}

/** A program and its arguments, as lists: text that is no list would be run by a shell, which passes no signals on. */
const lists = {
  entrypoint: JSON.parse(textOf('ENTRYPOINT')),
  health: JSON.parse(textOf('HEALTHCHECK').replace(/^.*? CMD /, '')),
}

interface Compose {
  services: Record<
    string,
    {
      build?: string
      command?: string[]
      volumes?: string[]
      ports?: string[]
      healthcheck?: unknown
      depends_on?: Record<string, { condition: string }>
      deploy?: { replicas: number }
    }
  >
}

// Docker is not everywhere that this runs: what the image and the containers would do is done in a folder instead.
describe('the container of the sandbox', () => {
  let folder: string

  /** The words of a command, as they are in a folder of this machine and on a port that is free. */
  const here = (words: readonly string[], port = '4010') =>
    words.map((word) =>
      word
        .replace(/^\/app\//, `${folder}/app/`)
        .replace(/^\/data\//, `${folder}/data/`)
        .replaceAll('4010', port),
    )

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'minimo-container-'))
    for (const name of ['app', 'data']) mkdirSync(join(folder, name))
    const tarballs = await packReleased({ to: folder, packages: ['api-types', 'sandbox'] })
    const [install = ''] = instructions.filter(({ name, text }) => name === 'RUN' && text.includes('npm ')).map(toShell)
    // What is published, as it will be.
    const local = install.replace(/@minimo\/sandbox@\$\{VERSION\}/, Object.values(tarballs).join(' '))
    expect(local).toContain('.tgz')
    await run('sh', ['-c', local], { cwd: join(folder, 'app') })
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('starts, is healthy, keeps what it holds in the volume, shows its page, and ends with the signal', async () => {
    const port = await findPort()
    const [, ...args] = here(lists.entrypoint, port)
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    onTestFinished(() => void child.kill('SIGKILL'))
    await once(child.stdout, 'data')
    await run(process.execPath, here(lists.health.slice(1), port), { cwd: folder })
    for (const path of ['', 'inspector/main.js', 'control.yaml']) {
      expect((await fetch(`http://127.0.0.1:${port}/_sandbox/${path}`)).status).toBe(200)
    }
    expect(existsSync(join(folder, textOf('VOLUME'), 'sandbox.db'))).toBe(true)
    const exited = once(child, 'exit', { signal: AbortSignal.timeout(10_000) })
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    await expect(run(process.execPath, here(lists.health.slice(1), port), { cwd: folder })).rejects.toThrow(
      /exit code 1/,
    )
  })

  it('belongs to no root user, and names the port that it listens on', () => {
    expect([textOf('USER'), textOf('EXPOSE')]).toEqual(['node', '4010'])
    expect([lists.entrypoint[0], lists.health[0]]).toEqual(['node', 'node'])
    expect(lists.entrypoint.join(' ')).toContain('--host 0.0.0.0 --port 4010')
  })

  it('is what compose starts three of, behind a proxy that only this machine reaches', async () => {
    const { services }: Compose = parse(read('compose.yaml'))
    const { sandbox, proxy } = services
    expect([sandbox?.build, sandbox?.deploy?.replicas, sandbox?.command?.slice(-2)]).toEqual([
      '.',
      3,
      ['--control', 'all'],
    ])
    // Options that it does not know it refuses, also beside this one.
    await run(process.execPath, [...here(lists.entrypoint).slice(1), ...(sandbox?.command ?? []), '--help'], {
      cwd: folder,
    })
    expect(proxy?.ports).toEqual(['127.0.0.1:4010:4010'])
    expect(proxy?.volumes).toEqual(['./Caddyfile:/etc/caddy/Caddyfile:ro'])
    expect(read('Caddyfile')).toMatch(/^:4010 \{[\s\S]*dynamic a sandbox 4010 \{/)
    for (const { depends_on = {} } of Object.values(services)) {
      for (const [name, { condition }] of Object.entries(depends_on)) {
        expect(condition).toBe('service_healthy')
        expect(services[name]?.healthcheck ?? services[name]?.build).toBeDefined()
      }
    }
  })
})

/** What a shell is told by RUN; where Docker keeps a cache is its own affair. */
const toShell = ({ text }: { text: string }) => text.replace(/^--mount=\S+ /, '')

/** A port that nobody listens on. */
async function findPort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? String(address.port) : expect.fail('no port')
}
