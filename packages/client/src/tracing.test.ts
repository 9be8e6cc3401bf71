import { propagation, SpanKind, SpanStatusCode, type TextMapPropagator, trace } from '@opentelemetry/api'
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Call, CallOptions, Plugin } from './core/call.ts'
import { createApiClient, createAuthenticator, type Fetch, type OperationTable } from './core.ts'
import { createMinimoClient, type MinimoClientOptions } from './minimo-client.ts'
import { tracing } from './tracing.ts'
import { version } from './version.ts'

/** A client that traces, and the spans that have ended. */
function traced(fetch: Fetch, options: MinimoClientOptions = {}) {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const minimo = createMinimoClient({
    apiKey: 'mn-zqkey',
    fetch,
    plugins: [tracing({ tracer: provider.getTracer('test') })],
    ...options,
  })
  const spans = () =>
    exporter.getFinishedSpans().map(({ name, kind, attributes, status, events, links }) => ({
      name,
      kind,
      attributes,
      status,
      events,
      links,
    }))
  const email = 'zqemail@example.com'
  return { spans, minimo, get: (call?: CallOptions) => minimo.contacts.getByEmail(email, call) }
}

/** Answers with the statuses in turn, asking for no wait. */
const statuses =
  (...codes: number[]): Fetch =>
  async () =>
    Response.json({ email: 'zqanswer' }, { status: codes.shift() ?? 200, headers: { 'retry-after-ms': '0' } })

const name = 'GET /public/v1/contacts/by-email/{email}'
const requested = {
  'http.request.method': 'GET',
  'url.template': '/public/v1/contacts/by-email/{email}',
  'server.address': 'api.minimo.it',
  'server.port': 443,
}
const quiet = { name, kind: SpanKind.CLIENT, events: [], links: [] }
const failed = { code: SpanStatusCode.ERROR }

it('G6: a call is one client span, named by its method and path template', async () => {
  const { spans, get } = traced(statuses(200))
  await get()
  expect(spans()).toStrictEqual([
    {
      ...quiet,
      attributes: { ...requested, 'http.response.status_code': 200 },
      status: { code: SpanStatusCode.UNSET },
    },
  ])
})

it.each([
  ['http://localhost:4010', { 'server.address': 'localhost', 'server.port': 4010 }],
  ['http://localhost/x', { 'server.address': 'localhost', 'server.port': 80 }],
  ['https://gate.example.com/m', { 'server.address': 'gate.example.com', 'server.port': 443 }],
])('G6: the span names the server of %s', async (baseUrl, want) => {
  const { spans, get } = traced(statuses(200), { baseUrl })
  await get()
  expect(spans()).toMatchObject([{ name, attributes: want }])
})

it('G6: a call that was repeated is one span with the resend count and the last status', async () => {
  const { spans, get } = traced(statuses(503, 429, 200))
  await get()
  expect(spans()).toMatchObject([
    {
      attributes: { ...requested, 'http.response.status_code': 200, 'http.request.resend_count': 2 },
      status: { code: SpanStatusCode.UNSET },
    },
  ])
})

it('G6: a status other than 2xx is an error of that type', async () => {
  const { spans, get } = traced(statuses(404))
  await expect(get()).rejects.toMatchObject({ status: 404 })
  expect(spans()).toStrictEqual([
    { ...quiet, attributes: { ...requested, 'http.response.status_code': 404, 'error.type': '404' }, status: failed },
  ])
})

const offline: Fetch = () => Promise.reject(new TypeError('zqfailure', { cause: new Error('zqcause') }))
const hanging: Fetch = () => new Promise(() => undefined)
const throwing: Plugin = () => () => Promise.reject(new RangeError('zqmine'))

it.each<[what: string, fetch: Fetch, options: CallOptions, type: string]>([
  ['a failing network', offline, {}, 'ConnectionError'],
  ['a timeout', hanging, { timeout: 5 }, 'TimeoutError'],
  ['a plugin', hanging, { plugins: [throwing] }, 'RangeError'],
  ['an abort', hanging, { signal: AbortSignal.abort() }, 'AbortError'],
  ['an abort whose reason is no error', hanging, { signal: AbortSignal.abort('zqreason') }, 'abort'],
])('G6: what %s throws is the type of the error, and nothing else of it shows', async (_, fetch, options, type) => {
  const { spans, get } = traced(fetch)
  await get({ retries: 0, ...options }).catch(() => undefined)
  expect(spans()).toStrictEqual([{ ...quiet, attributes: { ...requested, 'error.type': type }, status: failed }])
})

it('G6: a failed call counts its attempts too', async () => {
  const { spans, get } = traced(statuses(503, 503, 503))
  await get().catch(() => undefined)
  expect(spans()).toMatchObject([{ attributes: { 'http.request.resend_count': 2, 'error.type': '503' } }])
})

it('G6: spans of calls at once do not mix', async () => {
  const { spans, minimo, get } = traced(statuses())
  await Promise.all([get(), minimo.customFields.list(), minimo.contacts.delete(1)])
  expect(new Set(spans().map(({ name }) => name))).toEqual(
    new Set([name, 'GET /public/v1/custom-fields', 'DELETE /public/v1/contacts/{id}']),
  )
})

/** Passes on the trace and span by a header of its own, for one test. */
function setPropagator() {
  const propagator: TextMapPropagator = {
    inject(context, carrier, setter) {
      const { traceId, spanId } = trace.getSpanContext(context) ?? {}
      setter.set(carrier, 'traceparent', `00-${traceId}-${spanId}-01`)
    },
    extract: (context) => context,
    fields: () => ['traceparent'],
  }
  propagation.setGlobalPropagator(propagator)
  onTestFinished(() => {
    propagation.disable()
  })
}

it('G6: every attempt carries the trace of the one span, where a propagator is set', async () => {
  setPropagator()
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const fetch = vi.fn<Fetch>(statuses(503, 200))
  await traced(fetch, { plugins: [tracing({ tracer: provider.getTracer('test') })] }).get()
  const { traceId, spanId } = exporter.getFinishedSpans()[0]?.spanContext() ?? {}
  const sent = fetch.mock.calls.map(([, { headers }]) => new Headers(headers).get('traceparent'))
  expect(sent).toEqual([`00-${traceId}-${spanId}-01`, `00-${traceId}-${spanId}-01`])
})

it('G6: no trace is passed on where no propagator is set, and the other headers stay', async () => {
  const fetch = vi.fn<Fetch>(statuses(200))
  await traced(fetch).get({ headers: { 'x-a': 'b' } })
  const headers = new Headers(fetch.mock.calls[0]?.[1].headers)
  expect([headers.get('traceparent'), headers.get('x-a'), headers.get('authorization')]).toEqual([
    null,
    'b',
    'Bearer mn-zqkey',
  ])
})

it('G6: without a provider the call goes as it would without tracing', async () => {
  const see = vi.fn<(call: Call) => void>()
  const watch: Plugin = (next) => (call) => {
    see(call)
    return next(call)
  }
  const { get } = traced(statuses(200), { plugins: [tracing(), watch] })
  expect(await get()).toEqual({ email: 'zqanswer' })
  expect(see).toHaveBeenCalledTimes(1)
})

it('G6: takes its tracer from the global provider, by the name and version of the package', () => {
  const getTracer = vi.spyOn(trace, 'getTracer')
  onTestFinished(() => {
    getTracer.mockRestore()
  })
  tracing()
  expect(getTracer).toHaveBeenCalledWith('@minimo/client', version)
})

it('G6: no value of the call or its answer is in the span', async () => {
  const run = async (fetch: Fetch) => {
    const { spans, minimo, get } = traced(fetch, { headers: { 'x-a': 'zqheader' }, retries: 0 })
    await get().catch(() => undefined)
    await minimo.contacts.upsert({ email: 'zqemail@example.com' }).catch(() => undefined)
    return spans()
  }
  for (const fetch of [statuses(), statuses(400, 422), offline]) {
    const spans = await run(fetch)
    expect(spans).toHaveLength(2)
    expect(JSON.stringify(spans)).not.toContain('zq')
  }
})

it('E4: a key in the query is in no span', async () => {
  const exporter = new InMemorySpanExporter()
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] })
  const sent = vi.fn<Fetch>(async () => Response.json({}))
  const row = { method: 'GET', path: '/walls', server: 'api', retry: 'safe', security: [['key']] }
  const { call } = createApiClient({ paint: row } as OperationTable, {
    baseUrl: 'https://api.example.com',
    fetch: sent,
    authenticate: createAuthenticator({ key: { type: 'apiKey', in: 'query', name: 'api_key' } }),
    apiKey: 'zqkey',
    plugins: [tracing({ tracer: provider.getTracer('test') })],
  })
  await (call as unknown as (id: string) => Promise<unknown>)('paint')
  expect(sent.mock.calls[0]?.[0]).toContain('zqkey')
  expect(exporter.getFinishedSpans()).toHaveLength(1)
  expect(JSON.stringify(exporter.getFinishedSpans().map(({ name, attributes }) => [name, attributes]))).not.toContain(
    'zq',
  )
})
