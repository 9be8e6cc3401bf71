import type { Oas3Rule, Oas3Visitor } from '@redocly/openapi-core'

type Context = Parameters<Extract<NonNullable<Oas3Visitor['any']>, (...args: never) => unknown>>[1]

/** A name in a description, and where the description stands. */
interface Mention {
  name: string
  report: Context['report']
  location: Context['location']
}

/**
 * Refuses a description or summary that names what its document does not hold, such as an operation that has been
 * renamed. Names are words in camelCase, anywhere, and words in PascalCase that stand alone in backticks. The document
 * holds what is a key or a value in it, words for people aside.
 */
export const knownNames: Oas3Rule = () => {
  const held = new Set<string>()
  const walked = new Set<object>()
  const mentions = new Map<string, Mention>()
  const collect = (node: unknown, report: Context['report'], location: Context['location']) => {
    collectHeld(node, held, walked)
    for (const key of ['description', 'summary']) {
      const text: unknown = Reflect.get(Object(node), key)
      if (typeof text !== 'string') continue
      const place = location.child([key])
      for (const name of namesIn(text))
        mentions.set(`${place.absolutePointer} ${name}`, { name, report, location: place })
    }
  }
  return {
    any: (node: unknown, { report, location }: Context) => collect(node, report, location),
    // What stands beside a reference is no part of the node that it leads to.
    ref: { enter: (node, { report, rawLocation }) => collect(node, report, rawLocation) },
    Root: {
      leave() {
        for (const { name, report, location } of mentions.values()) {
          if (!held.has(name)) report({ message: unknownName(name), location })
        }
      },
    },
  }
}

const unknownName = (name: string) =>
  `Expected descriptions to name what the document holds; found \`${name}\`, which it does not: write today\u2019s name.`

/** Two small letters at least before the first capital, and a small one after it: `iPhone` and `macOS` are no names. */
const camelCase = /(?<![\w.@/-])[a-z][a-z0-9]+[A-Z][a-z0-9]\w*/g
const pascalCase = /`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)*)`/g

function namesIn(text: string): Set<string> {
  const inCamelCase = [...text.matchAll(camelCase)].map(([name]) => name)
  const inPascalCase = [...text.matchAll(pascalCase)].flatMap(([, name]) => name ?? [])
  return new Set([...inCamelCase, ...inPascalCase])
}

/** Adds the keys of a value and the words of its texts, each object once. */
function collectHeld(value: unknown, held: Set<string>, walked: Set<object>): void {
  if (typeof value === 'string') for (const word of value.split(/\W+/)) held.add(word)
  if (typeof value !== 'object' || value === null || walked.has(value)) return
  walked.add(value)
  for (const [key, child] of Object.entries(value)) {
    held.add(key)
    const isProse = (key === 'description' || key === 'summary') && typeof child === 'string'
    if (!isProse) collectHeld(child, held, walked)
  }
}
