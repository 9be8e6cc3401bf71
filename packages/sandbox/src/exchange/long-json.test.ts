import fc from 'fast-check'
import { expect, test } from 'vitest'
import { splitLists, writeLists } from './long-json.ts'

const notJson = { name: 'Refusal', status: 400, message: 'body: expected JSON in UTF-8, found bytes that are none' }
const bytesOf = (text: string) => new TextEncoder().encode(text)

const documents = fc.record({
  version: fc.jsonValue(),
  tables: fc.dictionary(fc.string(), fc.oneof(fc.array(fc.jsonValue(), { maxLength: 12 }), fc.jsonValue())),
})

test('what is split is what parsing gives, whatever stands in it and however it is written', async () => {
  const check = async (document: unknown, perPiece: number, space: string | number) => {
    expect(await join(bytesOf(JSON.stringify(document, null, space)), perPiece)).toEqual(
      JSON.parse(JSON.stringify(document)),
    )
  }
  const spaces = fc.constantFrom(0, 2, '\n\t\r ')
  await fc.assert(fc.asyncProperty(documents, fc.integer({ min: 1, max: 4 }), spaces, check))
  await fc.assert(fc.asyncProperty(fc.jsonValue(), fc.integer({ min: 1, max: 4 }), spaces, check))
})

test('what is written in pieces is the JSON of it', async () => {
  const check = async (value: unknown) => {
    expect((await pieces(value)).join('')).toBe(JSON.stringify(value))
  }
  await fc.assert(fc.asyncProperty(documents, check))
  await fc.assert(fc.asyncProperty(fc.jsonValue(), check))
  const long = { tables: { rows: Array(1000).fill({ text: 'x'.repeat(1000) }), none: [] }, none: {} }
  await check(long)
  expect((await pieces(long)).length).toBeGreaterThan(10)
})

test('what is no JSON is refused, wherever it is broken', async () => {
  const check = async (document: unknown, position: number, broken: string) => {
    const text = JSON.stringify(document)
    const at = position % (text.length + 1)
    const changed = text.slice(0, at) + broken + text.slice(at + 1)
    if (isJson(changed)) return
    await expect(join(bytesOf(changed), 2)).rejects.toMatchObject(notJson)
  }
  const anywhere = fc.nat({ max: 1000 })
  const broken = fc.constantFrom('', ',', '"', '\\', '[', ']', '{', '}', ':', '0', 'x', '\n', '[0]')
  await fc.assert(fc.asyncProperty(documents, anywhere, broken, check), { numRuns: 1000 })
})

test.each([
  ['nothing', []],
  ['half a character', [...bytesOf('{"tables":{"contacts":["'), 0xc3, ...bytesOf('"]}}')]],
  ['half a character in a name', [0x7b, 0x22, 0xc3, 0x22, 0x3a, 0x31, 0x7d]],
])('bytes with %s are refused', async (_what, bytes) => {
  await expect(join(Uint8Array.from(bytes), 2)).rejects.toMatchObject(notJson)
})

test('long lists come in pieces, and so do lists of long elements', async () => {
  const short = Array.from({ length: 25 }, (_, index) => ({ id: index }))
  const long = Array.from({ length: 5 }, () => 'x'.repeat(700_000))
  const { shape, readList } = await splitLists(bytesOf(JSON.stringify({ tables: { short, long, none: [] } })), 10)
  expect(shape).toEqual({ tables: { short: [0], long: [1], none: [2] } })
  expect([...readList([0])].map(({ length }) => length)).toEqual([10, 10, 5])
  expect([...readList([1])].map(({ length }) => length)).toEqual([2, 2, 1])
  expect([...readList([2])].flat()).toEqual([])
})

async function pieces(value: unknown): Promise<string[]> {
  const pieces: string[] = []
  for await (const piece of writeLists(value)) pieces.push(piece)
  return pieces
}

/** The whole value, put together again. */
async function join(bytes: Uint8Array, perPiece: number): Promise<unknown> {
  const { shape, readList } = await splitLists(bytes, perPiece)
  const fill = (value: unknown, depth: number): unknown => {
    if (Array.isArray(value))
      return depth === 3 ? [...readList(value)].flat() : value.map((one) => fill(one, depth + 1))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, fill(part, depth + 1)]))
  }
  return fill(shape, 1)
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
