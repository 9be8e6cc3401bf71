import { createSandbox } from '@minimo/sandbox'
import { startPrism } from './prism.ts'
import { specFile } from './spec.ts'
import type { Answer, Target } from './target.ts'

const apiKey = 'mn-contract-full'
const limitedKey = 'mn-contract-limited'

/** The sandbox in this process, without a port. */
export async function startSandbox(): Promise<Target> {
  const sandbox = await createContractSandbox()
  return describe('sandbox', sandbox, { fetch: sandbox.fetch }, sandbox.close)
}

/** The sandbox behind Prism: each of its answers must conform to the spec, or the proxy says what does not. */
export async function startSandboxBehindPrism(): Promise<Target> {
  const sandbox = await createContractSandbox()
  const { url } = await sandbox.listen()
  const prism = await startPrism(specFile, url)
  return describe('sandbox-behind-prism', sandbox, { baseUrl: prism.url }, async () => {
    await prism.close()
    await sandbox.close()
  })
}

const createContractSandbox = () => createSandbox({ keys: [{ key: apiKey }, { key: limitedKey, permissions: [] }] })

function describe(
  name: Target['name'],
  { reset }: Pick<Target, 'reset'>,
  connection: Target['connection'],
  close: Target['close'],
): Target {
  return { name, connection, apiKey, limitedKey, remembers: true, ask: askForFault, ...(reset && { reset }), close }
}

function askForFault({ status, example }: Answer): Record<string, string> {
  return { 'sandbox-fault': `status=${status}${example ? `; example=${example}` : ''}` }
}
