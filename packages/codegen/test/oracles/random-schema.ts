import type { Random } from './random.ts'
import type { Fields } from './sites.ts'

const plain: readonly Fields[] = [
  { type: 'string' },
  { type: 'integer' },
  { type: 'number' },
  { type: 'boolean' },
  { type: 'string', format: 'date-time' },
  { type: 'string', enum: ['a', 'b', 'c'] },
  { type: 'integer', enum: [1, 2, 3] },
  { type: 'string', const: 'a' },
  { type: ['string', 'null'] },
  {},
]

/** Some schema, at most `depth` levels deep. */
export function randomSchema(random: Random, depth = 2): Fields {
  if (depth === 0 || random.chance(0.4)) return structuredClone(random.pick(plain))
  const below = () => randomSchema(random, depth - 1)
  return random.pick<() => Fields>([
    () => ({ type: 'array', items: below() }),
    () => ({ type: 'object', properties: { p: below(), q: below() }, ...(random.chance(0.5) && { required: ['p'] }) }),
    () => ({ type: 'object', additionalProperties: random.chance(0.5) ? true : below() }),
    () => ({ oneOf: [below(), below()] }),
    () => ({ anyOf: [taggedObject('a', below()), taggedObject('b', below())] }),
    () => ({
      allOf: [
        { type: 'object', properties: { p: below() } },
        { type: 'object', properties: { r: below() } },
      ],
    }),
  ])()
}

/** An object with a property of one value, which tells it from others. */
export const taggedObject = (tag: string, more: Fields): Fields => ({
  type: 'object',
  required: ['tag'],
  properties: { tag: { type: 'string', const: tag }, more },
})
