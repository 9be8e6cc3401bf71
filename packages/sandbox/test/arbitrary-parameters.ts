import { type ParameterSchema, schemas } from '@minimo/api-types/schemas'
import fc from 'fast-check'
import { resolveSchema } from '../src/validation/resolve-schema.ts'
import { arbitraryValue, text } from './arbitrary-json.ts'

/** Parameters by name, as a target carries them; those that are left out are not there. */
export type WrittenParameters = Readonly<Record<string, string>>

/** A path of the spec with its parameters and its query. */
export function writeTarget(path: string, parameters: readonly ParameterSchema[], written: WrittenParameters): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => written[name] ?? '')
  const inQuery = parameters.flatMap(({ name, in: place }) =>
    place === 'query' && name in written ? [`${name}=${written[name]}`] : [],
  )
  return inQuery.length > 0 ? `${filled}?${inQuery.join('&')}` : filled
}

/** Parameters that the spec allows. */
export function soundParameters(parameters: readonly ParameterSchema[]): fc.Arbitrary<WrittenParameters> {
  const values = parameters.map((parameter) => [parameter.name, soundParameter(parameter)])
  const requiredKeys = parameters.filter(({ required }) => required).map(({ name }) => name)
  return fc.record(Object.fromEntries(values), { requiredKeys })
}

function soundParameter({ name, schema }: Pick<ParameterSchema, 'name' | 'schema'>): fc.Arbitrary<string> {
  const encode = (value: unknown) => (value === '{recent}' ? value : encodeURIComponent(String(value)))
  // A URL loses path segments that are only dots.
  const written = arbitraryValue(schema, name)
    .map(encode)
    .filter((value) => !/^\.*$/.test(value))
  return fc.tuple(written, fc.nat(9)).map(([value, draw]) => (draw === 0 ? encodeMore(value) : value))
}

/** The same with more percent signs than needed. */
const encodeMore = (written: string) =>
  written.replace(/%..|[A-Za-z0-9]/g, (part) => (part.length > 1 ? part : `%${part.charCodeAt(0).toString(16)}`))

/** The same with one of them wrong. `isValid` tells whether the spec allows a value for the parameter at an index. */
export function brokenParameters(
  parameters: readonly ParameterSchema[],
  isValid: (index: number, value: unknown) => boolean,
): fc.Arbitrary<WrittenParameters> {
  const ways = parameters.map((parameter, index) => {
    const wrong = parameter.in === 'path' ? wrongInPath(parameter) : wrongInQuery(parameter, (v) => isValid(index, v))
    return wrong.map((value) => ({ [parameter.name]: value }))
  })
  return fc.tuple(soundParameters(parameters), fc.oneof(...ways)).map(([sound, wrong]) => ({ ...sound, ...wrong }))
}

const notUtf8 = ['%', '%ZZ', '%E0%A4%A', '%ED%A0%80', '%00', 'a%00b']
const noInteger = ['1.5', '1e3', '0x1', '%2B1', '%201', 'a', '1,2', '1_0', '%D9%A1', 'NaN', '9007199254740993', '-1e3']
const tooLong = ['9'.repeat(400), `-${'9'.repeat(20)}`]
const noEmail = [
  'a',
  'a@',
  '@b.it',
  'a@b',
  'a%20b@c.it',
  'a@b@c.it',
  'a@b..it',
  'a%0A@b.it',
  `${'a'.repeat(5000)}`,
  '%F0%9F%98%80@b.it',
]

function wrongInPath({ schema }: ParameterSchema): fc.Arbitrary<string> {
  const { type, format } = resolveSchema(schemas, schema)
  const ofType = type === 'integer' ? [...noInteger, ...tooLong] : []
  return fc.constantFrom(...notUtf8, ...ofType, ...(format === 'email' ? noEmail : []))
}

function wrongInQuery({ name, schema }: ParameterSchema, isValid: (value: unknown) => boolean): fc.Arbitrary<string> {
  const { type } = resolveSchema(schemas, schema)
  const isWrong = (written: string) => {
    // Unlike a path, a query takes what is not UTF-8 for some text.
    const given = new URLSearchParams(`value=${written}`).get('value') ?? ''
    return given.includes('\0') || !isValid(type === 'string' || !/^-?\d+$/.test(given) ? given : Number(given))
  }
  const other = fc.oneof(fc.constantFrom(...notUtf8, '-1', '0'), text.map(encodeURIComponent)).filter(isWrong)
  const twice = soundParameter({ name, schema }).map((value) => `${value}&${name}=${value}`)
  return fc.oneof(other, other, twice)
}
