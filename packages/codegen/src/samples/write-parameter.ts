import type { Parameter } from '../spec/document.ts'
import { isRecord } from '../spec/kinds.ts'

/** A parameter as it stands in its place; in a query and among cookies with its name. `undefined` for what is empty. */
export function writeParameter(parameter: Parameter, value: unknown): string | undefined {
  const { in: place, name, content } = parameter
  const isNamed = place === 'query' || place === 'cookie'
  const [type] = Object.keys(content ?? {})
  if (type !== undefined) {
    const text = type.startsWith('text/') ? String(value) : JSON.stringify(value)
    return (isNamed ? `${encodeURIComponent(name)}=` : '') + encoderOf(parameter)(text)
  }
  if (parameter.style === 'deepObject') return writeDeep(encodeURIComponent(name), value).join('&') || undefined
  return writeFlat(parameter, value)
}

function writeFlat(parameter: Parameter, value: unknown): string | undefined {
  const isNamed = parameter.in === 'query' || parameter.in === 'cookie'
  const { style = isNamed ? 'form' : 'simple', name } = parameter
  const { explode = style === 'form' || style === 'cookie' } = parameter
  const encode = encoderOf(parameter)
  const encodeItem = (item: unknown) => encode(typeof item === 'object' ? JSON.stringify(item) : String(item))
  const isPlain = typeof value !== 'object' || value === null
  if (isPlain && value === '') return isNamed ? `${name}=` : undefined
  const pairs: [key: string, text: string][] = isRecord(value)
    ? Object.entries(value).map(([key, item]) => [encode(key), encodeItem(item)])
    : []
  const items = isRecord(value) ? pairs.flat() : [value].flat().map(encodeItem)
  if (items.length === 0) return undefined
  const named = place(style, encodeURIComponent(name))
  if (!explode || isPlain) return named.start + items.join(encoderOfDelimiter(parameter, named.joint))
  const each = isRecord(value) ? pairs.map((pair) => pair.join('=')) : items.map((item) => named.repeat + item)
  return named.mark + each.join(named.between)
}

/** How a style begins one value, joins items into one, and joins values. */
function place(style: string, name: string) {
  if (style === 'label') return { start: '.', joint: ',', mark: '.', repeat: '', between: '.' }
  if (style === 'matrix') return { start: `;${name}=`, joint: ',', mark: ';', repeat: `${name}=`, between: ';' }
  if (style === 'simple') return { start: '', joint: ',', mark: '', repeat: '', between: ',' }
  const joint = { spaceDelimited: '%20', pipeDelimited: '|' }[style] ?? ','
  return { start: `${name}=`, joint, mark: '', repeat: `${name}=`, between: style === 'cookie' ? '; ' : '&' }
}

/** Cookies stand side by side; all else that joins is as the style has it. */
const encoderOfDelimiter = ({ in: where }: Parameter, joint: string) =>
  where === 'query' && joint === '|' ? '%7C' : joint

function writeDeep(name: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [`${name}=${encodeURIComponent(String(value))}`]
  return Object.entries(value).flatMap(([key, item]) => writeDeep(`${name}[${encodeURIComponent(key)}]`, item))
}

function encoderOf({ in: where, style, allowReserved }: Parameter): (text: string) => string {
  if (where === 'header' || style === 'cookie') return (text) => text
  if (where !== 'query' || !allowReserved) return encodeURIComponent
  return (text) => encodeURIComponent(text).replace(/%(3A|2F|3F|5B|5D|40|24|2C|3B|3D)/g, decodeURIComponent)
}
