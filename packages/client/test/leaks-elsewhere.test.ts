import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { expect, it } from 'vitest'
import { createMinimoClient, type LogEntry, logger, type MinimoClientOptions } from '../src/index.ts'
import { tracing } from '../src/tracing.ts'
import { type Answer, calls, leaksIn, textsOf, ways } from './marked.ts'

/** Makes a call with everything switched on that tells of it, and gives what was told. */
async function toldOf(call: string, answer: Answer, options: MinimoClientOptions = {}) {
  const lines: LogEntry[] = []
  const warnings: string[] = []
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const minimo = createMinimoClient({
    apiKey: async () => 'mn-zqkey',
    headers: { 'x-extra': 'zqtext' },
    retries: 1,
    logger: { warn: (message) => warnings.push(message) },
    plugins: [tracing({ tracer: provider.getTracer('test') }), logger((line) => lines.push(line))],
    fetch: async (url, init) => {
      const aborted = new Promise<never>((_, reject) =>
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      )
      const response = await Promise.race([answer(textsOf(url, init)), aborted])
      response.headers.set('deprecation', '@1')
      response.headers.set('retry-after-ms', '0')
      return response
    },
    ...options,
  })
  const outcome = await calls[call]?.(minimo).catch((error: unknown) => error)
  const spans = exporter.getFinishedSpans().map(({ name, attributes, status, events, links, resource }) => ({
    ...{ name, attributes, status, events, links },
    resource: resource.attributes,
  }))
  return { lines, warnings, spans, minimo, outcome }
}

const answers: Record<string, Answer> = {
  ...ways,
  'a success': (texts) => Response.json({ data: { email: texts.join() } }),
  'a refused key': (texts) => Response.json({ error: texts.join() }, { status: 401 }),
  'a server that is down': (texts) => Response.json({ error: texts.join() }, { status: 503 }),
}
const pairs = Object.keys(calls).flatMap((call) => Object.keys(answers).map((answer) => [call, answer] as const))

it.each(pairs)(
  'E4: %s tells no value in log lines, spans and warnings, nor its client, after %s',
  async (call, answer) => {
    const { lines, warnings, spans, minimo } = await toldOf(call, answers[answer] as Answer, {
      timeout: 20,
      retries: answer in ways ? 0 : 1,
    })
    expect([lines.length > 0, spans.length]).toEqual([true, 1])
    expect(leaksIn({ lines, warnings, spans })).toEqual([])
    expect(leaksIn(minimo)).toEqual([])
  },
)

it.each(Object.keys(calls))('G7: %s warns of its deprecation without a value', async (call) => {
  const { warnings } = await toldOf(call, answers['a success'] as Answer)
  expect(warnings).toEqual([expect.stringMatching(/^[A-Z]+ \/[\w/{}-]+ is deprecated$/)])
})

it.each(Object.keys(calls))('E4: the error of %s shows no value of the key or of a second attempt', async (call) => {
  for (const answer of ['a refused key', 'a server that is down']) {
    const { outcome } = await toldOf(call, answers[answer] as Answer)
    expect(outcome).toBeInstanceOf(Error)
    expect(leaksIn(outcome)).toEqual([])
  }
})

const stored = { email: 'zqemail@example.com', phone: 'zqphone', customFields: { CITY: 'zqfield' } }
it.each([200, 404])('E4: a response of status %d shows no more of its body than the platform does', async (status) => {
  const fetch = async () => Response.json(stored, { status })
  const minimo = createMinimoClient({ apiKey: 'mn-zqkey', fetch, retries: 0 })
  const { response, data, error } = await minimo.raw.GET('/public/v1/contacts/by-email/{email}', {
    params: { path: { email: stored.email } },
  })
  expect(data ?? error).toEqual(stored)
  expect(leaksIn(response)).toEqual([])
  expect(leaksIn(response.clone())).toEqual([])
})
