import type { Schema } from '../spec/document.ts'

/** The keywords of a schema that say what a value is like. */
export interface Hints {
  example?: unknown
  examples?: unknown
  default?: unknown
  const?: unknown
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  /** A number or, as OpenAPI 3.0 has it, whether the minimum itself is excluded. */
  exclusiveMinimum?: number | boolean
  multipleOf?: number
  minItems?: number
  uniqueItems?: boolean
  discriminator?: { propertyName: string; mapping?: Record<string, string> }
}

/** The type of a value that a schema allows: the first it names that is not `null`, else what it implies. */
export function typeOf({ type, properties, additionalProperties, items, required }: Schema): string {
  const types = type === undefined ? [] : [type].flat()
  const named = types.find((one) => one !== 'null') ?? types[0]
  if (named !== undefined) return named
  return properties || required || additionalProperties ? 'object' : items ? 'array' : 'string'
}

/** Whether a value is what a schema says of it itself: its type, its choices, and the form of texts. */
export function fits(schema: Schema & Hints, value: unknown): boolean {
  const { enum: choices, minimum = -Infinity, maximum = Infinity } = schema
  if (choices && !choices.includes(value)) return false
  if (schema.type !== undefined && ![schema.type].flat().includes(kindOf(value, schema))) return false
  if (typeof value === 'number') return value >= minimum && value <= maximum
  return typeof value !== 'string' || fitsText(schema, value)
}

function kindOf(value: unknown, { type = [] }: Schema): string {
  if (Array.isArray(value)) return 'array'
  if (value === null) return 'null'
  if (typeof value !== 'number') return typeof value
  return Number.isInteger(value) && [type].flat().includes('integer') ? 'integer' : 'number'
}

function fitsText({ pattern, minLength = 0, maxLength = Infinity }: Hints, text: string): boolean {
  return text.length >= minLength && text.length <= maxLength && (pattern === undefined || matches(pattern, text))
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    // What is no pattern here says nothing.
    return true
  }
}

/** A text for a format, each one that is set aside for examples where there is such. */
const formats: Readonly<Record<string, string>> = {
  'date-time': '2025-01-15T09:30:00Z',
  date: '2025-01-15',
  time: '09:30:00Z',
  duration: 'P1D',
  email: 'anna@example.com',
  uuid: '018f3f0c-1a2b-4c3d-8e9f-0a1b2c3d4e5f',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  'uri-reference': '/example',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  byte: 'dGV4dA==',
}

/** Texts that usual patterns allow. */
const usual = [
  'text',
  'a',
  'A',
  '1',
  '10',
  '2025',
  'abc123',
  'ABC',
  'en',
  'EN',
  'en-US',
  '0123456789abcdef',
  '1.0.0',
  '2025-01-15',
  '12:30',
  '/a',
  '#ffffff',
  'a_1',
  'https://example.com/',
  '+393391234567',
  'anna@example.com',
]

/** A text that a schema allows: of its format, else its name, else a usual one; `undefined` where none of them is. */
export function makeText(schema: Hints, name: string): { value: string } | undefined {
  const ofFormat = formats[schema.format ?? '']
  const begun = /^\^([\w-]+)$/.exec(schema.pattern ?? '')?.[1]
  const candidates = [ofFormat, name, begun && `${begun}1`, ...usual].filter((text) => text !== undefined)
  const { minLength = 0, maxLength = Infinity } = schema
  const sized = candidates.flatMap((text) => [
    text,
    text.repeat(Math.ceil(minLength / text.length) || 1).slice(0, maxLength),
  ])
  const value = sized.find((text) => fitsText(schema, text))
  return value === undefined ? undefined : { value }
}
