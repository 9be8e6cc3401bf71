import { readFileSync } from 'node:fs'

const fixture = (name: string) => new URL(`fixtures/${name}`, import.meta.url)

/** Path of the spec whose whole generated output is committed in `fixtures/expected`. */
export const petstoreFile = fixture('petstore.yaml').pathname

/** Path of a committed output of `petstoreFile`. */
export const expectedFile = (name: string) => fixture(`expected/${name}`).pathname

/** Text of the smallest spec that follows every house rule. */
export const house = readFileSync(fixture('house.yaml'), 'utf8')

/** A spec with a piece of it replaced; throws where the piece is not there once or more, so no case goes stale. */
export function replacePiece(spec: string, piece: string, replacement: string): string {
  if (!spec.includes(piece)) throw new Error(`The spec does not hold this piece:\n${piece}`)
  return spec.replace(piece, () => replacement)
}
