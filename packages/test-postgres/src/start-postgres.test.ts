import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

test.each([0, 3])('a process that started a PostgreSQL ends with its own exit code %i', async (code) => {
  const script = `
    import { startPostgres } from ${JSON.stringify(new URL('start-postgres.ts', import.meta.url).href)}
    await (await startPostgres()).close()
    process.exitCode = ${code}`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: 'inherit' })
  expect(await once(child, 'close')).toEqual([code, null])
})
