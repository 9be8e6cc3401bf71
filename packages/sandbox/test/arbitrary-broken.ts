import { type OperationId, operations } from '@minimo/api-types'
import { type OperationSchema, schemas } from '@minimo/api-types/schemas'
import fc from 'fast-check'
import { arbitraryWrong, text } from './arbitrary-json.ts'
import { brokenParameters, writeTarget } from './arbitrary-parameters.ts'
import {
  bodySchema,
  type FuzzBody,
  type FuzzRequest,
  fuzzKeys,
  insertMember,
  limits,
  operationIds,
  soundRequest,
} from './arbitrary-request.ts'

type Requests = fc.Arbitrary<FuzzRequest>

const patterns = operationIds.map((id) => {
  const { method, path } = operations[id]
  return { id, method, pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`) }
})

/** The operation that answers a method at a path, if there is one, and whether the path answers any. */
export function findOperation(method: string, path: string): { id: OperationId | undefined; isKnownPath: boolean } {
  const fitting = patterns.filter(({ pattern }) => pattern.test(path))
  return { id: fitting.find((candidate) => candidate.method === method)?.id, isKnownPath: fitting.length > 0 }
}

/** Requests to one operation with something wrong. `isValid` tells whether a value is what the spec has at a pointer. */
export function brokenRequest(id: OperationId, isValid: (pointer: string, value: unknown) => boolean): Requests {
  const { parameters, body, security }: OperationSchema = schemas.operations[id]
  const sound = soundRequest(id)
  const pointer = `/operations/${id}`
  const ways = [breakKey(sound), breakRoute(sound)]
  if (security.some((schemes) => Object.values(schemes).flat().length > 0)) ways.push(withKey(sound, fuzzKeys[2].key))
  if (parameters.length > 0) {
    const isParameter = (index: number, value: unknown) => isValid(`${pointer}/parameters/${index}/schema`, value)
    const targets = brokenParameters(parameters, isParameter).map((written) =>
      writeTarget(operations[id].path, parameters, written),
    )
    ways.push(fc.tuple(sound, targets).map(([request, target]) => ({ ...request, target })))
  }
  if (body) {
    const isBody = (value: unknown) => isValid(`${pointer}/body/content/application~1json/schema`, value)
    const wrong = arbitraryWrong(bodySchema(body)).filter((value) => !isBody(value))
    const written = wrong.map((value) => ({ text: JSON.stringify(value), encoding: 'utf8', padding: 0 }) as const)
    ways.push(
      breakType(sound),
      breakBody(sound, () => written),
    )
    ways.push(breakBody(sound, spoilText), breakBody(sound, addHarm), breakBody(sound, addHarm))
  }
  return fc.oneof(...ways).map((request) => ({ ...request, broken: true }))
}

const withKey = (sound: Requests, key: string) => withHeader(sound, 'authorization', fc.constant(`Bearer ${key}`))

function withHeader(sound: Requests, name: string, values: fc.Arbitrary<string | undefined>): Requests {
  return fc.tuple(sound, values).map(([request, value]) => {
    const { [name]: _, ...others } = request.headers
    return { ...request, headers: value === undefined ? others : { ...others, [name]: value } }
  })
}

function breakKey(sound: Requests): Requests {
  const { key } = fuzzKeys[0]
  const [ok, long] = [`Bearer ${key}`, `Bearer mn-${'x'.repeat(8000)}`]
  const wrong = [undefined, '', 'Bearer', key, `Basic ${key}`, `${ok}x`, `${ok} ${key}`, `${ok}, ${ok}`, `${ok}\u00a0`]
  return withHeader(sound, 'authorization', fc.constantFrom(...wrong, long, 'Bearer mn-a-b', 'Bearer mn-\u00e0-b'))
}

function breakType(sound: Requests): Requests {
  const others = [
    '',
    'text/plain',
    'application/jsonp',
    'application/problem+json',
    'json',
    '*/*',
    'a, application/json',
  ]
  return withHeader(sound, 'content-type', fc.constantFrom(undefined, ...others))
}

/** A method or a path that the spec does not have. */
function breakRoute(sound: Requests): Requests {
  const method = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'get', 'X!')
  const bend = fc.constantFrom<(path: string) => string>(
    (path) => path,
    (path) => `${path}/`,
    (path) => `${path}/%ZZ`,
    (path) => `${path};a=b`,
    (path) => path.replace('/', '//'),
    (path) => path.replace('c', '%2563'),
    (path) => path.replace(/^\/\w+/, ''),
    (path) => path.replace(/\/[^/]*$/, '/'),
    (path) => path.toUpperCase(),
  )
  const anywhere = fc.array(text, { maxLength: 4 }).map((parts) => () => `/${parts.map(encodeURIComponent).join('/')}`)
  const way = fc.oneof({ weight: 3, arbitrary: bend }, anywhere)
  return fc
    .tuple(sound, method, way)
    .map(([{ body, ...request }, method, change]) => {
      const target = change(request.target.split('?', 1).join(''))
      // `fetch` gives these no body.
      return { ...request, method, target, ...(body && !/^(?:get|head)$/i.test(method) && { body }) }
    })
    .filter(({ method, target }) => {
      const { pathname } = new URL(`http://localhost${target}`)
      const answered = method === 'HEAD' ? 'GET' : method.toUpperCase()
      return !findOperation(answered, pathname).id && !pathname.startsWith('/_sandbox')
    })
}

function breakBody(sound: Requests, change: (text: string) => fc.Arbitrary<FuzzBody>): Requests {
  return sound.chain((request) =>
    change((request.body?.text ?? '').replace('\ufeff', '')).map((body) => ({ ...request, body })),
  )
}

/** Text that is no JSON in UTF-8, and more of it than is read. */
function spoilText(json: string): fc.Arbitrary<FuzzBody> {
  const utf8 = { text: json, encoding: 'utf8', padding: 0 } as const
  const others = ['', ' ', '\0', `\0${json}`, `${json}\0`, `\ufeff\ufeff${json}`, json + json, `${json.slice(0, -1)},}`]
  const constructs = [
    '{',
    'undefined',
    'NaN',
    "{'a':1}",
    '{a:1}',
    '{"a":01}',
    '{"a":"\n"}',
    '{"a":1}//',
    '{"a":"\\x41"}',
  ]
  const truncated = fc
    .integer({ min: 1, max: json.length - 1 })
    .map((length) => ({ ...utf8, text: json.slice(0, length) }))
  const latin1 = fc
    .constantFrom('"\u00e8"', '"\u00ed\u00a0\u0080"', '"\u00c0\u00af"', '"\u00ff"')
    .map((value) => ({ ...utf8, text: `{"x":${value},${json.slice(1)}`, encoding: 'latin1' }) as const)
  return fc.oneof(
    fc.constantFrom(...others, ...constructs).map((text) => ({ ...utf8, text })),
    truncated,
    latin1,
    fc.constantFrom<FuzzBody>(
      { ...utf8, encoding: 'utf16le' },
      { ...utf8, text: `\ufeff${json}`, encoding: 'utf16le' },
    ),
    fc.constant({ ...utf8, padding: limits.bytes }),
  )
}

/** JSON with something in it, at any place and depth, that is refused everywhere. */
function addHarm(json: string): fc.Arbitrary<FuzzBody> {
  const badKey = fc.constantFrom('__proto__', 'constructor', 'prototype', '\\u005f_proto__', '\\ud800', '\\u0000')
  const member = badKey.map((key) => `"${key}":{"a":1}`)
  const badValues = ['"\\ud800"', '"\\udc00a"', '"a\\u0000"', '1e400', '-1e400', '9007199254740993', '-1e16', '1e30']
  const bad = fc.oneof(
    fc.constantFrom(...badValues),
    member.map((inner) => `{${inner}}`),
  )
  const brackets = fc.constantFrom<[open: string, close: string]>(['[', ']'], ['{"a":', '}'], ['[0,{"b":', '}]'])
  const wrap = ([value, [open, close], depth]: [string, [string, string], number]) =>
    `"x-harm":${open.repeat(depth)}${value}${close.repeat(depth)}`
  const within = fc.tuple(bad, brackets, fc.integer({ min: 0, max: 20 })).map(wrap)
  const tooDeep = fc
    .tuple(fc.constantFrom('[]', '{}'), brackets, fc.constantFrom(limits.depth - 1, limits.depth, 3000))
    .map(wrap)
  return fc
    .tuple(fc.oneof(member, within, tooDeep), fc.nat(50))
    .map(([harm, nth]) => ({ text: insertMember(json, harm, nth), encoding: 'utf8', padding: 0 }))
}
