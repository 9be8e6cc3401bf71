import { type ApiOptions, createApi } from '../api/api.ts'
import type { Handle } from '../exchange/exchange.ts'
import { operations } from '../gen/operations.ts'
import type { operations as ControlTypes } from '../gen/schema.ts'
import { schemas } from '../gen/schemas.ts'
import { type Audience, checkCaller } from './check-caller.ts'
import type { Controls } from './controls.ts'
import { type ControlContext, controlHandlers } from './handlers.ts'

/** What the control API acts on, and for whom. */
export interface ControlApiOptions
  extends Pick<ApiOptions<ControlTypes, ControlContext>, 'createRequestId' | 'onError'> {
  controls: Controls
  allow: Audience
  /** How often a stream of events says that it is still there, in milliseconds; default 15 seconds. */
  heartbeat?: number
}

/** Answers requests to `/_sandbox` and below, as control.yaml describes them. */
export function createControlApi({ controls, allow, heartbeat = 15_000, ...rest }: ControlApiOptions): Handle {
  return createApi<ControlTypes, ControlContext>({
    ...rest,
    description: { operations, schemas },
    handlers: controlHandlers,
    strict: true,
    longJson: ['takeSnapshot', 'restoreSnapshot'],
    isShared: false,
    admit(request) {
      checkCaller(request, allow)
      return { controls, heartbeat, signal: request.signal }
    },
  })
}
