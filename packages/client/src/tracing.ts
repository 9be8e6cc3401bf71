import { context, propagation, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api'
import type { Call, Plugin } from './core/call.ts'
import { version } from './version.ts'

/** Settings of `tracing`. */
export interface TracingOptions {
  /** Makes the spans. Default: that of the global provider. */
  tracer?: Tracer
}

/**
 * Makes one client span per call, retries included, with OpenTelemetry's HTTP attributes and the path template;
 * no filled path, header or body. Passes the trace on to the API (`traceparent`). Belongs among a client's `plugins`.
 */
export function tracing({ tracer = trace.getTracer('@minimo/client', version) }: TracingOptions = {}): Plugin {
  return (next) => async (call) => {
    const { operation, request } = call
    const { hostname, port, protocol } = new URL(request.url)
    const attributes = {
      'http.request.method': operation.method,
      'url.template': operation.path,
      'server.address': hostname,
      'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
    }
    const span = tracer.startSpan(`${operation.method} ${operation.path}`, { kind: SpanKind.CLIENT, attributes })
    const active = trace.setSpan(context.active(), span)
    const headers = { ...request.headers }
    propagation.inject(active, headers)
    try {
      const response = await context.with(active, next, undefined, { ...call, request: { ...request, headers } })
      span.setAttribute('http.response.status_code', response.status)
      if (!response.ok) fail(span, String(response.status))
      return response
    } catch (error) {
      fail(span, error instanceof Error ? error.name : 'abort')
      throw error
    } finally {
      finish(span, call)
    }
  }
}

function fail(span: Span, type: string): void {
  span.setAttribute('error.type', type)
  span.setStatus({ code: SpanStatusCode.ERROR })
}

function finish(span: Span, { progress }: Call): void {
  if (progress.attempts > 1) span.setAttribute('http.request.resend_count', progress.attempts - 1)
  span.end()
}
