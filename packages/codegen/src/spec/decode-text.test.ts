import { expect, test } from 'vitest'
import { decodeText } from './decode-text.ts'

const utf16 = (text: string, mark: 'le' | 'be') => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le')
  return mark === 'le' ? bytes : bytes.swap16()
}

test.each<[string, Uint8Array, string]>([
  ['UTF-8', Buffer.from('é€😀'), 'é€😀'],
  ['UTF-8 with a mark', Buffer.from('\ufeffé'), 'é'],
  ['UTF-16, the small end first', utf16('é😀', 'le'), 'é😀'],
  ['UTF-16, the big end first', utf16('é😀', 'be'), 'é😀'],
  ['lines that end as on Windows', Buffer.from('a\r\nb\r\n'), 'a\nb\n'],
  ['nothing', Buffer.from(''), ''],
])('%s is read as the text that it is', (_, bytes, want) => {
  expect(decodeText(bytes)).toBe(want)
})

test.each<[string, Uint8Array, number, number, string]>([
  ['a letter of Latin-1', Buffer.from('a: b\nc: é"', 'latin1'), 2, 4, '0xe9'],
  ['a byte that begins nothing', Buffer.from([0x61, 0xff, 0x62]), 1, 2, '0xff'],
  ['a character that is cut off', Buffer.from('ab€').subarray(0, 4), 1, 3, '0xe2'],
  ['one after a mark', Buffer.from([0xef, 0xbb, 0xbf, 0x61, 0x80]), 1, 2, '0x80'],
])('%s is no text, and is told with its place', (_, bytes, line, column, byte) => {
  const message = `Expected text in UTF-8; found the byte ${byte}: save the file as UTF-8.`
  expect(decodeText(bytes)).toEqual({ line, column, message })
})
