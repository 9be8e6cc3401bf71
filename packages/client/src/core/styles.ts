import { serializeArrayParam, serializeObjectParam } from 'openapi-fetch'
import type { Operation, ParameterPlace, ParameterStyle } from './call.ts'
import { plain, refusal, toText } from './url.ts'

/** A parameter that is to be written. */
export interface Slot {
  operation: Operation
  place: ParameterPlace
  name: string
  style: ParameterStyle
}

/** What a style takes. */
export const expected = `${plain}, or a list or object of these`

/**
 * A parameter as it stands in its place, with its name in queries and cookies; `undefined` for what is `undefined`,
 * `null`, or an empty list or object. Throws `ClientError` for a value that has no form there.
 */
export function writeStyled(slot: Slot, value: unknown): string | undefined {
  if (!isPresent(value)) return undefined
  const { place, style } = slot
  const name = place === 'header' ? slot.name : encodeURIComponent(slot.name)
  const isNamed = place === 'query' || place === 'cookie'
  if (style.content) return (isNamed ? `${name}=` : '') + encoderOf(slot)(inMediaType(slot, style.content, value))
  if (style.style === 'deepObject') return writeDeep(slot, name, value).join('&') || undefined
  return writeFlat(slot, name, value)
}

function writeFlat(slot: Slot, name: string, value: unknown): string | undefined {
  const { place } = slot
  const { style = place === 'query' || place === 'cookie' ? 'form' : 'simple' } = slot.style
  const { explode = style === 'form' || style === 'cookie' } = slot.style
  // All is encoded before, so that the serializers only join; they know no style of the name `cookie`.
  const options = { style: (style === 'cookie' ? 'form' : style) as 'form', explode, allowReserved: true }
  checkDelimiter(slot, style === 'label' && explode, value)
  if (!isObject(value)) {
    const texts = [value]
      .flat()
      .filter(isPresent)
      .map((item) => encodeItem(slot, item))
    if (texts.length === 0) return undefined
    if (place === 'cookie' && explode) return texts.map((text) => `${name}=${text}`).join('; ')
    const written = serializeArrayParam(name, texts, options)
    // RFC 6570: a name without a value stands alone in a matrix.
    return style === 'matrix' ? written.replace(/=(?=;|$)/g, '') : written
  }
  const pairs = Object.entries(value)
    .filter(([, item]) => isPresent(item))
    .map(([key, item]) => [encoderOf(slot)(key), encodeItem(slot, item)])
  if (pairs.length === 0) return undefined
  if (!explode) return serializeArrayParam(name, pairs.flat(), options)
  if (place === 'cookie') return pairs.map((pair) => pair.join('=')).join('; ')
  return serializeObjectParam(name, Object.fromEntries(pairs), options)
}

/** Refuses items that hold what stands between items, where neither is encoded: they would be read as several. */
function checkDelimiter({ place, name, style, operation }: Slot, isLabel: boolean, value: unknown): void {
  const delimiter = place === 'header' ? ',' : style.style === 'spaceDelimited' ? ' ' : isLabel ? '.' : undefined
  if (delimiter === undefined || typeof value !== 'object') return
  const items = Array.isArray(value) ? value : isObject(value) ? Object.entries(value).flat() : []
  if (!items.some((item) => toText(item)?.includes(delimiter))) return
  throw refusal(place, name, `items without "${delimiter}", which stands between them`, operation)
}

/** As deep as the value goes, which the standard leaves open: lists by their index, as Stripe and PHP read it. */
function writeDeep(slot: Slot, name: string, value: unknown): string[] {
  if (!isPresent(value)) return []
  if (!(Array.isArray(value) || isObject(value))) return [`${name}=${encodeItem(slot, value)}`]
  return Object.entries(value).flatMap(([key, item]) => writeDeep(slot, `${name}[${encodeURIComponent(key)}]`, item))
}

/** An item or property; one that holds others, which the standard leaves open outside `deepObject`, as Swagger UI sends it. */
function encodeItem(slot: Slot, item: unknown): string {
  const text = Array.isArray(item) || isObject(item) ? toJson(slot, item) : toText(item)
  if (text === undefined) throw refusal(slot.place, slot.name, expected, slot.operation)
  return encoderOf(slot)(text)
}

function inMediaType(slot: Slot, type: string, value: unknown): string {
  const text = /^text\//i.test(type) ? toText(value) : toJson(slot, value)
  if (text === undefined) throw refusal(slot.place, slot.name, `what can be written as ${type}`, slot.operation)
  return text
}

function toJson({ place }: Slot, value: unknown): string | undefined {
  try {
    const text: string | undefined = JSON.stringify(value)
    // What a header cannot carry, JSON can also say in ASCII.
    return place === 'header' ? text?.replace(/[^\x20-\x7e]/g, toEscape) : text
  } catch {
    return undefined
  }
}

const toEscape = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`

function encoderOf({ place, style }: Slot): (text: string) => string {
  if (place === 'header' || style.style === 'cookie') return (text) => text
  return place === 'query' && style.allowReserved ? encodeReserved : encodeURIComponent
}

/** Leaves what is reserved, and what is encoded already, as it is; but not `#`, `&` and `+`, which mean something else there. */
const encodeReserved = (text: string) =>
  encodeURIComponent(text)
    .replace(/%(3A|2F|3F|5B|5D|40|24|2C|3B|3D)/g, decodeURIComponent)
    .replace(/%25(?=[\dA-F]{2})/gi, '%')

const isPresent = (value: unknown) => value !== undefined && value !== null

/** Whether a value has properties of its own to write. */
export const isObject = (value: unknown): value is object => Object.prototype.toString.call(value) === '[object Object]'
