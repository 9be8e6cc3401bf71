import { setMaxListeners } from 'node:events'
import { createDelivery, defaultRetryDelays } from './automations/delivery.ts'
import { demoWebhookSecret } from './automations/webhook.ts'
import type { SandboxOptions } from './config/config.ts'
import { parseOptions } from './config/parse-config.ts'
import { checkArguments } from './control/check-arguments.ts'
import { createControlApi } from './control/control-api.ts'
import type { Controls } from './control/controls.ts'
import { createControls } from './control/create-controls.ts'
import { createEventStream } from './events/event-log.ts'
import { errorResponse } from './exchange/error-response.ts'
import { controlPrefix, type Handle } from './exchange/exchange.ts'
import { Refusal } from './exchange/refusal.ts'
import { createFaults } from './faults/create-faults.ts'
import { demoKey } from './handlers/authenticate.ts'
import { createDocumentedApi } from './handlers/documented-api.ts'
import { handlers } from './handlers/index.ts'
import { createInspector } from './inspector/inspector.ts'
import { createJournal } from './journal/create-journal.ts'
import { defaultEmailTemplates, defaultWhatsappTemplates } from './messages/templates.ts'
import { createRateLimiter } from './rate-limit/create-rate-limiter.ts'
import { createClock } from './runtime/clock.ts'
import { checkNodeVersion } from './runtime/node-version.ts'
import { createReportFailure } from './runtime/report-failure.ts'
import { openDatabase } from './storage/open-database.ts'
import { createRetention } from './storage/retention.ts'
import { createIds } from './storage/row-ids.ts'
import { createInProcessFetch } from './transport/in-process-fetch.ts'
import { createListen, type Listening } from './transport/listen.ts'

/** A running sandbox. */
export interface Sandbox extends Controls {
  /** Answers in this process what a server would answer; pass it to a client as its `fetch`. Hosts are ignored. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /** Serves it over HTTP; default: a free port of this machine's loopback. */
  listen(address?: { port?: number; host?: string }): Promise<Listening>
  /**
   * Stops listening and delivering, waits for what is under way, and closes the database. Requests are waited for 3 s,
   * the latency of faults ends at once, and webhooks that are not answered within 5 s are told again after the next start.
   */
  close(): Promise<void>
}

/**
 * Creates a sandbox of the API: it remembers what is sent to it, in memory unless `database` says otherwise. State is
 * its own: two sandboxes share nothing but a database they are both given.
 * Rejects where Node is too old, where an option is unknown or not valid, naming it, and where the database cannot be
 * opened.
 */
export async function createSandbox(given: SandboxOptions = {}): Promise<Sandbox> {
  checkNodeVersion()
  const options = await parseOptions(given)
  const { database: location = ':memory:', keys = [{ key: demoKey }], automations = [] } = options
  const { whatsappTemplates = defaultWhatsappTemplates, emailTemplates = defaultEmailTemplates } = options
  const { webhookSecret = demoWebhookSecret, retryDelays = defaultRetryDelays } = options
  const clock = createClock(options.now)
  const faults = createFaults(options.faults ?? [])
  const reportFailure = createReportFailure()
  const database = await openDatabase(location, {
    report: ({ reason, cause }) => reportFailure({ what: 'database', cause: reason, error: cause }),
  })
  const limiter = createRateLimiter(options.rateLimit, clock.now)
  const ids = await createIds(database, options.seed)
  const stream = createEventStream({ database })
  const deliver = options.fetch ?? globalThis.fetch
  const delivery = createDelivery({ database, clock, automations, webhookSecret, retryDelays, fetch: deliver })
  const retention = createRetention({ database, now: clock.now, ...options.retention })

  const closing = new AbortController()
  setMaxListeners(0, closing.signal)
  const company = keys[0]?.company ?? 1
  const journal = options.journal === false ? undefined : createJournal({ ...options.journal, query: database.query })
  const controls = createControls({
    database,
    clock,
    faults,
    stream,
    delivery,
    journal,
    company,
    seed: options.seed ?? 1,
    async restart() {
      limiter.reset()
      await ids.restart()
    },
    closing: closing.signal,
  })
  const { now } = clock
  const context = { database, now, createId: ids.create, automations, whatsappTemplates, emailTemplates }
  const onError = (error: unknown, operation = 'unknown') => reportFailure({ what: 'request', cause: operation, error })
  const answerApi = createDocumentedApi({
    keys,
    handlers,
    faults,
    limiter,
    context,
    closing: closing.signal,
    strict: options.strict ?? true,
    createRequestId: () => ids.create('req', now()),
    onError,
    ...(journal && { onAnswered: journal.record }),
  })
  const allow = options.control ?? 'local'
  const answerInspector = createInspector(allow)
  const answerControl = createControlApi({
    controls,
    allow,
    // Counted apart: who only looks changes no id of the API.
    createRequestId: () => ids.create('ctl', now()),
    onError,
  })

  const handle: Handle = async (request) => {
    if (isControl(request.path)) return (await answerInspector(request)) ?? answerControl(request)
    const response = await answerApi(request)
    if (request.method !== 'GET') {
      stream.notify()
      retention.wake()
      // Only automations record runs; looking for some that are due costs as much as the write.
      if (automations.length > 0) delivery.wake()
    }
    return response
  }

  const listen = createListen(handle)
  const listening = new Set<Listening>()
  delivery.wake()
  retention.wake()
  return {
    ...checkArguments(controls),
    fetch: createInProcessFetch((request) =>
      closing.signal.aborted ? Promise.resolve(errorResponse(closed())) : handle(request),
    ),
    async listen(address) {
      if (closing.signal.aborted) throw closed()
      const server = await listen(address)
      listening.add(server)
      return server
    },
    async close() {
      closing.abort()
      await stream.close()
      await Promise.all([...listening].map((server) => server.close()))
      await delivery.close()
      await retention.close()
      await database.close()
    },
  }
}

const isControl = (path: string) => path === controlPrefix || path.startsWith(`${controlPrefix}/`)

const closed = () => new Refusal(503, 'The sandbox is closed: create another', { code: 'service_unavailable' })
