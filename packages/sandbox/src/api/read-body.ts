import type { OperationSchema } from '@minimo/api-types/schemas'
import { bodyLimit, type SandboxRequest } from '../exchange/exchange.ts'
import { Refusal } from '../exchange/refusal.ts'
import type { Check } from '../validation/compile-check.ts'
import { fieldName, violation } from '../validation/problem.ts'
import { escapeToken } from '../validation/resolve-schema.ts'
import { compileUnknownNames, type FindUnknown } from '../validation/unknown-names.ts'
import { findHarm, isTooDeep, maxDepth } from './inspect-json.ts'
import type { JudgeUnknown } from './judge-unknown.ts'
import type { Compiling } from './read-parameters.ts'

/**
 * Reads the body of a request; throws a `Refusal` where it is not as the spec wants it. What `judge` returns for the keys
 * that the spec does not know counts among what is wrong.
 */
export type ReadBody = (request: Pick<SandboxRequest, 'headers' | 'body' | 'path'>, judge: JudgeUnknown) => unknown

/** Prepares reading an operation's body; `isLong` leaves its bytes unread. */
export async function compileBody(
  { body, responses }: OperationSchema,
  { root, pointer, compile, isLong }: Compiling & { isLong: boolean },
): Promise<ReadBody> {
  if (!body) return () => undefined
  const unreadable = (what: string) => violation('400' in responses ? 400 : 422, [{ field: 'body', message: what }])
  const tooLarge = (what: string) => ('413' in responses ? new Refusal(413, `body: ${what}`) : unreadable(what))
  const checks = new Map<string, { check: Check; findUnknown: FindUnknown }>()
  for (const [type, { schema }] of Object.entries(body.content)) {
    const check = await compile(`${pointer}/body/content/${escapeToken(type)}/schema`, 'body')
    checks.set(type, { check, findUnknown: compileUnknownNames(root, schema) })
  }
  const types = [...checks.keys()].join(' or ')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (bytes: Uint8Array) => decoder.decode(bytes)

  return ({ headers, body: bytes, path }, judge) => {
    if (bytes.length === 0 && !body.required) return undefined
    if (bytes.length === 0) throw unreadable(`expected ${types}, found no body`)
    const known = checks.get(mediaType(headers['content-type']))
    if (!known) throw unreadable(`expected the content type ${types}, found ${foundType(headers['content-type'])}`)
    if (bytes === 'too-large') throw tooLarge(`expected at most ${bodyLimit(path)} bytes, found more`)
    if (isLong) return bytes
    const value = parse(bytes, { decode, unreadable })
    if (isTooDeep(value)) throw unreadable(`expected at most ${maxDepth} levels of nesting, found more`)
    const harm = findHarm(value)
    if (harm) throw violation(422, [{ field: fieldName(harm.path, 'body'), message: harm.message }])
    // First those: a name that is misspelt is why another is missing.
    const [problem, ...others] = [...judge(known.findUnknown(value)), ...known.check(value)]
    if (problem) throw violation(422, [problem, ...others])
    return value
  }
}

const mediaType = (header = '') => header.split(';', 1).join('').trim().toLowerCase()

const foundType = (header: string | undefined) => (header ? 'another' : 'none')

interface Parsing {
  /** Throws for what is no UTF-8. */
  decode: (bytes: Uint8Array) => string
  unreadable: (what: string) => Refusal
}

function parse(bytes: Uint8Array, { decode, unreadable }: Parsing): unknown {
  try {
    return JSON.parse(decode(bytes))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw unreadable('expected UTF-8, found other bytes')
    // The rest of the engine's message quotes the text.
    const [position] = /at position \d+/.exec(error.message) ?? []
    throw unreadable(`expected JSON, found text that is none${position ? ` (${position})` : ''}`)
  }
}
