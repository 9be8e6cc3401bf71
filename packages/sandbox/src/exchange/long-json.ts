import { setImmediate } from 'node:timers/promises'
import { Refusal } from './refusal.ts'

/** JSON whose long lists are read piece by piece. */
export interface SplitJson {
  /** The value, but each list on the third level holds only its number, for `readList`. */
  shape: unknown
  /** The elements of such a list, some at a time. */
  readList(list: readonly unknown[]): Generator<readonly unknown[]>
}

/** Where elements of a list stand, without the brackets. */
interface Piece {
  start: number
  end: number
}

/** How many bytes are looked at before others get their turn. */
const bytesPerTurn = 4 * 1024 * 1024

/** How many bytes a piece has at least before it ends at the next element. */
const bytesPerPiece = 1024 * 1024

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c]
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d]

/**
 * Splits JSON in UTF-8 whose lists on the third level are long, such as a snapshot: parsing it in one go would keep all
 * others waiting for seconds, and no text is longer than 512 MiB. Throws a `Refusal` with status 400 where it is no JSON,
 * also while it is read.
 */
export async function splitLists(bytes: Uint8Array, elementsPerPiece: number): Promise<SplitJson> {
  const lists: Piece[][] = []
  const shape: string[] = []
  let depth = 0
  let inList = false
  let elements = 0
  // Where what is neither in a piece nor in the shape begins.
  let start = 0
  let turn = bytesPerTurn

  function endPiece(end: number): void {
    lists.at(-1)?.push({ start, end })
    start = end + 1
    elements = 0
  }

  function enter(at: number, isList: boolean): void {
    if (++depth !== 3 || !isList) return
    shape.push(decode(bytes.subarray(start, at)), `[${lists.length}]`)
    lists.push([])
    inList = true
    start = at + 1
  }

  function leave(at: number, isList: boolean): void {
    if (depth-- !== 3 || !inList) return
    if (!isList) throw notJson()
    endPiece(at)
    inList = false
  }

  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === quote) at = endOfText(bytes, at)
    else if (byte === openBrace || byte === openBracket) enter(at, byte === openBracket)
    else if (byte === closeBrace || byte === closeBracket) leave(at, byte === closeBracket)
    else if (byte === comma && inList && depth === 3) {
      if (++elements === elementsPerPiece || at - start > bytesPerPiece) endPiece(at)
    }
    if (at >= turn) {
      turn = at + bytesPerTurn
      await setImmediate()
    }
  }
  if (!inList) shape.push(decode(bytes.subarray(start)))

  return {
    shape: parse(shape.join('')),
    *readList([list]) {
      const pieces = lists[Number(list)] ?? []
      for (const { start, end } of pieces) {
        const elements: unknown = parse(`[${decode(bytes.subarray(start, end))}]`)
        // After a comma something has to stand.
        if (!Array.isArray(elements) || (elements.length === 0 && pieces.length > 1)) throw notJson()
        yield elements
      }
    },
  }
}

/** Where the text that begins here ends; the end of all where it does not. */
function endOfText(bytes: Uint8Array, begin: number): number {
  for (let end = begin; ; ) {
    end = bytes.indexOf(quote, end + 1)
    if (end === -1) return bytes.length
    let escapes = 0
    while (bytes[end - 1 - escapes] === backslash) escapes++
    if (escapes % 2 === 0) return end
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw notJson()
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notJson()
  }
}

const notJson = () => new Refusal(400, 'body: expected JSON in UTF-8, found bytes that are none')

/** How many characters a piece of what is written has before it ends. */
const charactersPerPiece = 64 * 1024

/** The JSON of a value in pieces: lists on the third level are written some elements at a time, so that others get theirs. */
export async function* writeLists(value: unknown, level = 1): AsyncGenerator<string> {
  if (level === 3 && Array.isArray(value)) return yield* writeElements(value)
  if (level === 3 || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return yield JSON.stringify(value)
  }
  let before = '{'
  for (const [key, part] of Object.entries(value)) {
    yield `${before}${JSON.stringify(key)}:`
    yield* writeLists(part, level + 1)
    before = ','
  }
  yield before === '{' ? '{}' : '}'
}

async function* writeElements(list: readonly unknown[]): AsyncGenerator<string> {
  let piece = '['
  for (const [index, element] of list.entries()) {
    piece += `${index === 0 ? '' : ','}${JSON.stringify(element)}`
    if (piece.length < charactersPerPiece) continue
    yield piece
    piece = ''
    await setImmediate()
  }
  yield `${piece}]`
}
