export { type ApiErrorInput, apiError, connectionError, timeoutError } from './testing/errors.ts'
export {
  createExampleFetch,
  type RecordedRequest,
  type RecordingFetch,
  recordRequests,
} from './testing/example-fetch.ts'
export { assertNoPersonalData } from './testing/personal-data.ts'
