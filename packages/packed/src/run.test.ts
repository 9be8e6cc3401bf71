import { expect, it, vi } from 'vitest'
import { run } from './run.ts'

const cwd = import.meta.dirname
const runScript = (script: string, options = {}) => run(process.execPath, ['--eval', script], { cwd, ...options })

it('a program that fails is told with its command and everything it printed', async () => {
  const failing = runScript(`console.log('one'); console.error('two'); process.exitCode = 3`)
  await expect(failing).rejects.toThrow(/exit code 3: .*--eval[\s\S]*one\ntwo$/)
})

it('a program that is called off ends with all that it has started', async () => {
  const script = `require('node:child_process').spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000); console.log(1)'], { stdio: 'inherit' })`
  const controller = new AbortController()
  const running = runScript(script, { cancelSignal: controller.signal })
  running.stdout?.once('data', () => controller.abort())
  // Not before the one that was started lets go of the output.
  await expect(running).rejects.toMatchObject({ isCanceled: true, stdout: '1' })
})

it('a program has nothing of the repository, the build or the rights of whoever started this', async () => {
  for (const name of ['GIT_DIR', 'TURBO_HASH', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'OTHER']) vi.stubEnv(name, 'set')
  vi.resetModules()
  const { run } = await import('./run.ts')
  const { stdout } = await run(process.execPath, ['--print', 'Object.keys(process.env).join()'], { cwd })
  expect(stdout.split(',').filter((name) => /^(?:GIT|TURBO|ACTIONS)_/.test(name))).toEqual([])
  expect(stdout.split(',')).toContain('OTHER')
})
