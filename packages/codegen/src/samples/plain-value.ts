import type { Schema } from '../spec/document.ts'
import { textOfPattern } from './pattern-text.ts'

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

/** Texts that are tried where there is no better one. */
const usual = ['text', 'a', 'A', '1', 'a1', 'aA1!aA1!', '/a', 'https://example.com/']

/** How long a text may have to be: a longer one is no sample. */
const longest = 1000

/** A text that a schema allows: of its format, else its name, else a usual one; `undefined` where none of them is. */
export function makeText(schema: Hints, name: string): { value: string } | undefined {
  const { minLength = 0, maxLength = Infinity } = schema
  if (minLength > longest) return undefined
  const ofFormat = new Map(Object.entries(formats)).get(schema.format ?? '')
  const ofPattern = schema.pattern === undefined ? undefined : textOfPattern(schema.pattern)
  const candidates = [ofFormat, name, ofPattern, ...usual].filter((text) => text !== undefined)
  const sized = candidates.flatMap((text) => [
    text,
    text.repeat(Math.ceil(minLength / text.length) || 1).slice(0, maxLength),
  ])
  const value = sized.find((text) => fitsText(schema, text))
  return value === undefined ? undefined : { value }
}
