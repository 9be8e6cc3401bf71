/** Bytes that are no text: which byte is the first of them, and where it stands. */
export interface TextFault {
  /** 1-based. */
  line: number
  column: number
  message: string
}

/** The marks that UTF-16 begins with; without one a text is UTF-8, as YAML and JSON have it. */
const encodings = [
  { encoding: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf-16be', mark: [0xfe, 0xff] },
] as const

/**
 * The text that bytes are, in UTF-8 or, with its mark, UTF-16; a mark is no part of it, and lines end with a line feed,
 * as a file may have been checked out with others. A `TextFault` where the bytes are neither.
 */
export function decodeText(bytes: Uint8Array): string | TextFault {
  const utf16 = encodings.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte))
  const encoding = utf16?.encoding ?? 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes).replaceAll('\r\n', '\n')
  } catch {
    const readable = readableStart(bytes, encoding)
    const lines = readable.split('\n')
    const mark = utf16 ? 2 : bytes[0] === 0xef ? 3 : 0
    const wrong = bytes[mark + Buffer.byteLength(readable, utf16 ? 'utf16le' : 'utf8')] ?? 0
    const expected = utf16 ? 'UTF-16, as its first two bytes say' : 'UTF-8'
    return {
      line: lines.length,
      column: (lines.at(-1)?.length ?? 0) + 1,
      message: `Expected text in ${expected}; found the byte 0x${wrong.toString(16).padStart(2, '0')}: save the file as UTF-8.`,
    }
  }
}

/** The text that the bytes begin with, until they are none. */
function readableStart(bytes: Uint8Array, encoding: string): string {
  const read = (length: number) => {
    try {
      // As a stream, so that a character that is cut off is no fault.
      return new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, length), { stream: true })
    } catch {
      return undefined
    }
  }
  let [good, bad] = [0, bytes.length + 1]
  while (bad - good > 1) {
    const middle = (good + bad) >>> 1
    if (read(middle) === undefined) bad = middle
    else good = middle
  }
  return read(good) ?? ''
}
