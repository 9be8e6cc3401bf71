import { deepEqual } from 'node:assert/strict'
import type { Workbench } from './check.ts'
import { bundle } from './sandboxes.ts'
import { contactFound, loadScript } from './script.ts'
import type { Result, Step } from './stage.ts'
import { toResult } from './suite.ts'

/** The parts of Miniflare that are used. */
interface MiniflareModule {
  Miniflare: new (
    options: object,
  ) => {
    dispatchFetch(url: string, init: object): Promise<Response>
    dispose(): Promise<void>
  }
}

/** Runs the suite as a Worker of Cloudflare's. */
export async function runInWorkerd(workbench: Workbench): Promise<Result[]> {
  const worker = await startWorker(workbench, 'worker.js')
  try {
    const response = await worker.ask({ method: 'POST', body: workbench.url })
    return (await response.json()) as Result[]
  } finally {
    await worker.close()
  }
}

/** Sends requests, in a row and at once, to Workers that have one client for all of them. */
export async function runInWorkers(workbench: Workbench): Promise<Result[]> {
  const refusal = (status: number): Step => ({ status, headers: { 'retry-after-ms': '50' } })
  const [busy, limited] = [refusal(503), refusal(429)]
  const fields: Step = { ...contactFound, body: '{"data":[]}' }
  const cases = {
    'requests in a row': () => askWorker(workbench, 'contact.js', [contactFound], [1, 1, 1, 1]),
    'requests at once': () => askWorker(workbench, 'contact.js', [contactFound], [20, 20]),
    'requests at once while the API is busy': () =>
      askWorker(workbench, 'contact.js', [busy, busy, busy, contactFound], [10, 10]),
    'requests at once beyond the limit of the API': () =>
      askWorker(workbench, 'contact.js', [limited, limited, limited, contactFound], [10, 10]),
    'requests at once through one limiter': () => askWorker(workbench, 'paced.js', [fields], [4, 4]),
  }
  const results: Result[] = []
  for (const [name, run] of Object.entries(cases)) results.push(await toResult(name, run))
  return results
}

/** Sends as many requests at once as each round says, round after round; all must succeed. */
async function askWorker(
  workbench: Workbench,
  entry: string,
  steps: readonly Step[],
  rounds: readonly number[],
): Promise<void> {
  const { baseUrl } = await loadScript(workbench.url, steps)
  const worker = await startWorker(workbench, `houses/workers/${entry}`, baseUrl)
  const ask = async () => {
    const response = await worker.ask({ signal: AbortSignal.timeout(20_000) })
    return `${response.status} ${response.ok || (await response.text())}`
  }
  try {
    for (const count of rounds) {
      const answers = await Promise.all(Array.from({ length: count }, ask))
      deepEqual(answers, Array(count).fill('200 true'))
    }
  } finally {
    await worker.close()
  }
}

/** Starts a Worker in workerd, bundled as Cloudflare's own tool does it. */
async function startWorker(workbench: Workbench, entry: string, baseUrl = '') {
  const flags = ['--format=esm', '--conditions=workerd,worker,browser', '--external:cloudflare:*']
  const script = await bundle(workbench, entry, flags)
  const { Miniflare } = workbench.tools.load<MiniflareModule>('miniflare')
  const bindings = { MINIMO_API_KEY: 'mn-1-abc', MINIMO_API_URL: baseUrl }
  const miniflare = new Miniflare({ modules: true, script, bindings, compatibilityDate: '2026-07-01' })
  return {
    ask: (init: RequestInit) => miniflare.dispatchFetch('http://worker/?email=anna@example.com', init),
    close: () => miniflare.dispose(),
  }
}
