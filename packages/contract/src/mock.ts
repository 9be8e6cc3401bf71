import { startPrism } from './prism.ts'
import { specFile } from './spec.ts'
import type { Answer, Target } from './target.ts'

/**
 * Starts Prism on a free port of this machine: it answers with the spec's examples and refuses requests that
 * violate the spec. It remembers nothing, and takes any key; `ask` chooses the answer.
 */
export async function startMock(spec: string | object = specFile): Promise<Target & { url: string }> {
  const { url, close } = await startPrism(spec)
  const connection = { baseUrl: url }
  return { name: 'mock', url, connection, apiKey: 'mock-key', remembers: false, ask: preferAnswer, close }
}

/** Prism takes the answer to give from the request (RFC 7240's `Prefer`). */
function preferAnswer({ status, example }: Answer): Record<string, string> {
  return { prefer: [`code=${status}`, ...(example ? [`example=${example}`] : [])].join(', ') }
}
