import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { OperationId } from '@minimo/api-types'
import { type OperationSchema, schemas } from '@minimo/api-types/schemas'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { fullFormats } from 'ajv-formats/dist/formats.js'
import { onTestFinished } from 'vitest'
import type { Sandbox } from '../src/create-sandbox.ts'
import { createSandbox } from '../src/index.ts'
import { findOperation } from './arbitrary-broken.ts'
import { type FuzzRequest, fuzzKeys } from './arbitrary-request.ts'
import { readBytes, type WireRequest, writeWire } from './arbitrary-wire.ts'

const ajv = new Ajv2020({ strict: false, validateSchema: false, formats: fullFormats }).addSchema(schemas, 'spec')

/** Whether a value is what the spec has at this JSON pointer. */
export function conforms(pointer: string, value: unknown): boolean {
  const validate = ajv.getSchema(`spec#${pointer}`)
  if (!validate) throw new Error(`The spec has no schema at ${pointer}`)
  return validate(value) === true
}

/** What came back. */
interface Answer {
  status: number
  headers: Headers
  body: string
}

/** A request on its way. */
interface Sending {
  request: FuzzRequest
  /** As the sandbox sees it. */
  path: string
  /** Whether HTTP itself refuses it. */
  isRefused?: boolean | undefined
  send: () => Promise<Answer>
}

/** What is wrong with an answer, or with what it left behind. */
interface Complaint {
  complaint: string
  answer: Answer
}

/** The status with which a finer rule than the schema's may refuse what is valid by it. */
const finerRules: Partial<Record<OperationId, number>> = {
  createCustomField: 422,
  sendWhatsAppTemplate: 422,
  sendEmailTemplate: 422,
  sendEmail: 400,
}

/** Statuses of errors that depend on what is stored. */
const statefulStatuses = [404, 409]

/** What is wrong with an answer; nothing where it is as the spec has it. */
function judge(request: FuzzRequest, path: string, { status, headers, body }: Answer): string | undefined {
  const { id, isKnownPath } = findOperation(request.method.toUpperCase(), path)
  if (status >= 500) return 'no request may make the sandbox fail'
  if (!/^req_\w+$/.test(headers.get('x-request-id') ?? '')) return 'every answer has a request id'
  if (request.broken && status < 400) return 'a broken request must be refused'
  if (request.method === 'HEAD' && body !== '') return 'the answer to HEAD has no body'
  if (!id) return judgeRefusal(request.method, { status, headers, body }, isKnownPath ? 405 : 404)
  const { responses }: OperationSchema = schemas.operations[id]
  if (!(status in responses)) return `${id} documents no ${status}`
  if (!request.broken && status >= 400 && ![...statefulStatuses, finerRules[id]].includes(status)) {
    return `it is valid by the spec; if ${id} has a finer rule than its schemas, name it in finerRules of test/fuzz.ts`
  }
  if (status === 204) return body === '' ? undefined : 'a 204 has no body'
  if (headers.get('content-type') !== 'application/json') return 'a body is JSON'
  const pointer = `/operations/${id}/responses/${status}/application~1json/schema`
  return conforms(pointer, JSON.parse(body)) ? undefined : `the body is not as ${pointer} has it`
}

/** The same for what no operation answers; `expected` is any 4xx where it is left out. */
function judgeRefusal(method: string, { status, headers, body }: Answer, expected?: number): string | undefined {
  if (expected ? status !== expected : status < 400 || status > 499) return `expected ${expected ?? '4xx'}`
  if (status === 405 && !headers.get('allow')) return 'a 405 says what is allowed'
  if (method === 'HEAD' && body === '') return undefined
  if (headers.get('content-type') !== 'application/json') return 'a body is JSON'
  return conforms('/components/schemas/ErrorEnvelope', JSON.parse(body))
    ? undefined
    : 'expected { error: { code, message } }'
}

/** A sandbox, and what sends requests to it and judges the answers. Call it inside a test: it is closed after it. */
export async function createFuzz() {
  const sandbox = await createSandbox({ keys: fuzzKeys, strict: false })
  onTestFinished(() => sandbox.close())
  const { url } = await sandbox.listen()
  const statuses = new Map<OperationId, Set<number>>()
  let recent = 'none'

  const fill = (draft: FuzzRequest) => ({ ...draft, target: draft.target.replace('{recent}', recent) })

  function note({ method }: FuzzRequest, path: string, { status, body }: Answer): void {
    const { id } = findOperation(method.toUpperCase(), path)
    if (id) statuses.set(id, (statuses.get(id) ?? new Set()).add(status))
    if (id === 'sendEmail' && status === 200) recent = JSON.parse(body).data.id
  }

  async function check({ request, path, isRefused, send }: Sending): Promise<Complaint | undefined> {
    const before = await count(sandbox)
    const answer = await send()
    const complaint = isRefused ? judgeRefusal(request.method, answer) : judge(request, path, answer)
    if (complaint) return { complaint, answer }
    if (!isRefused) note(request, path, answer)
    const leftTrace = answer.status >= 400 && (await count(sandbox)) !== before
    return leftTrace ? { complaint: 'a refusal leaves no trace', answer } : undefined
  }

  return {
    sandbox,
    /** What each operation has answered with. */
    statuses,
    inProcess(draft: FuzzRequest) {
      const request = fill(draft)
      const { pathname: path } = new URL(`http://localhost${request.target}`)
      return check({ request, path, send: () => callInProcess(sandbox, request) })
    },
    overSocket({ request: draft, twist }: WireRequest) {
      const request = fill(draft)
      const { bytes, isRefused, isCut } = writeWire({ request, twist })
      const [path = ''] = request.target.split('?', 1)
      return check({ request, path, isRefused, send: () => callOverSocket(Number(new URL(url).port), bytes, isCut) })
    },
  }
}

/** How much a sandbox holds, as text. */
async function count(sandbox: Sandbox): Promise<string> {
  const { contacts, events } = await sandbox.health()
  return `${contacts} contacts, ${events} events`
}

async function callInProcess(sandbox: Sandbox, request: FuzzRequest): Promise<Answer> {
  const { method, target, headers, body } = request
  const url = `http://localhost${target}`
  const response = await sandbox.fetch(url, { method, headers, ...(body && { body: readBytes(request) }) })
  return { status: response.status, headers: response.headers, body: await response.text() }
}

async function callOverSocket(port: number, bytes: Buffer, isCut = false): Promise<Answer> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  if (isCut) socket.end()
  const answered = (await buffer(socket)).toString().replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '')
  const [head = '', ...body] = answered.split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = new Headers(
    lines.map((line): [string, string] => [line.replace(/:.*/, ''), line.replace(/.*?: /, '')]),
  )
  return { status: Number(statusLine.split(' ')[1]), headers, body: body.join('\r\n\r\n') }
}
