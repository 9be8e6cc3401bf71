import type { Oas3Rule, Oas3Visitor } from '@redocly/openapi-core'
import { methods } from './document.ts'
import { isWhenToUse } from './lint-docs.ts'

type Context = Parameters<Extract<NonNullable<Oas3Visitor['Schema']>, (...args: never) => unknown>>[1]

/** Checks the value of each `x-` field that codegen reads, where the field may stand. */
export const extensionValues: Oas3Rule = () => {
  const check = (node: object, field: string, isValid: (value: unknown) => boolean, expected: string, at: Context) => {
    const value: unknown = Reflect.get(node, field)
    if (value === undefined || isValid(value)) return
    at.report({
      message: `Expected \`${field}\` to be ${expected}; found ${JSON.stringify(value)}.`,
      location: at.location.child([field]),
    })
  }
  const isBoolean = (value: unknown) => typeof value === 'boolean'
  return {
    Root: (node, at) => {
      check(node, 'x-error-codes', isErrorCodes, 'a map from a status to a snake_case code', at)
      check(node, 'x-error-remedies', isErrorRemedies, 'a map from an error code to a sentence', at)
    },
    Operation: (node, at) => {
      check(node, 'x-retry', (value) => value === 'safe' || value === 'never', '`safe` or `never`', at)
      check(node, 'x-unwrap', (value) => value === 'data', '`data`', at)
      check(node, 'x-when-to-use', isWhenToUse, 'a list of `scenario`, `operation` and, if needed, `note`', at)
      check(node, 'operationId', (value) => value !== '~types', 'any name but the one that the table keeps', at)
    },
    Schema: (node, at) => {
      check(node, 'x-pii', isBoolean, '`true` or `false`', at)
      check(node, 'x-error-code', isErrorCode, 'a snake_case code', at)
    },
    Parameter: (node, at) => {
      check(node, 'x-pii', isBoolean, '`true` or `false`', at)
      check(node, 'x-error-code', isErrorCode, 'a snake_case code', at)
    },
  }
}

function isErrorCodes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).every(([status, code]) => /^[45]\d\d$/.test(status) && isErrorCode(code))
}

const isErrorRemedies = (value: unknown) =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((remedy) => typeof remedy === 'string' && remedy !== '')

const isErrorCode = (value: unknown) => typeof value === 'string' && /^[a-z][a-z0-9_]*$/.test(value)

/** Demands named examples on every body: mocks answer with them and contract cases count them. */
export const namedExamples: Oas3Rule = () => ({
  MediaType: (node, { report, location }) => {
    if (Object.keys(node.examples ?? {}).length > 0) return
    report({
      message: 'Expected `examples` with at least one named example: the mock answers with it.',
      location: location.key(),
    })
  },
})

/** Demands an example on every required parameter: requests are made of it. */
export const parameterExamples: Oas3Rule = () => ({
  Parameter: ({ required, example, examples }, { report, location }) => {
    if (required !== true || example !== undefined || examples !== undefined) return
    report({
      message: 'Expected `example` on a required parameter: the contract\u2019s requests are made of it.',
      location,
    })
  },
})

/** Where codegen reads which `x-` field; anywhere else one would be ignored in silence. */
const known: Record<string, readonly string[]> = {
  Root: ['x-error-codes', 'x-error-remedies'],
  Operation: ['x-retry', 'x-unwrap', 'x-when-to-use'],
  Parameter: ['x-pii', 'x-error-code'],
  Schema: ['x-pii', 'x-error-code'],
}

/** Refuses `x-` fields that nothing reads: a misspelt or misplaced one would change nothing, and nobody would notice. */
export const knownExtensions: Oas3Rule = () => ({
  any: (node, { report, location, type }) => {
    const own = known[type.name] ?? []
    for (const field of Object.keys(Object(node))) {
      if (!field.startsWith('x-') || own.includes(field)) continue
      const places = Object.keys(known).filter((place) => known[place]?.includes(field))
      const expected =
        places.length > 0
          ? `only on ${places.join(' and ')}`
          : `one of ${[...new Set(Object.values(known).flat())].join(', ')}`
      report({
        message: `Expected \`${field}\` ${places.length > 0 ? '' : 'to be '}${expected}: nothing reads it here.`,
        location: location.child([field]).key(),
      })
    }
  },
})

/** Demands a parameter for each placeholder of a path: neither types nor calls have a value for it otherwise. */
export const pathPlaceholders: Oas3Rule = () => ({
  Paths: {
    PathItem(pathItem, { report, resolve, location, key }) {
      const [sent = '', ...unsent] = String(key).split('#')
      const named = (text: string) => Array.from(text.matchAll(/\{([^{}]+)\}/g), ([, name]) => name)
      for (const method of methods) {
        const operation = pathItem[method]
        if (!operation) continue
        const parameters = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])].map((p) => resolve(p).node)
        const isParameter = (name?: string) => parameters.some((p) => p?.in === 'path' && p.name === name)
        const refuse = (message: string) => report({ message, location: location.child([method]).key() })
        const missing = named(sent).find((name) => !isParameter(name))
        if (missing !== undefined) {
          refuse(
            `Expected a parameter \`${missing}\` with \`in: path\`: the path has a place for it, and no call could fill it.`,
          )
        }
        const lost = named(unsent.join('#')).find((name) => isParameter(name) && !named(sent).includes(name))
        if (lost !== undefined) {
          refuse(`Expected the place of \`${lost}\` before \`#\`: no request carries what follows \`#\` in a path.`)
        }
      }
    },
  },
})

/** Demands that each path says which server it is on: the document's own is easily the wrong host. Webhooks have none. */
export const pathServers: Oas3Rule = () => ({
  Paths: {
    PathItem: (node, { report, location }) => {
      if (node.servers?.length) return
      report({
        message: 'Expected `servers` on the path: without it calls go to the document\u2019s server.',
        location: location.key(),
      })
    },
  },
})

/** Words in a name under which personal data travels, in any casing. */
const personalWord = /(^|_)(e_?mail|phone|recipient|birth\w*|address|surname|(first|last|full|nick)_?name)(_|$)/
/** Whole names under which it travels. */
const personalName = /^(to|name|subject|html|text|custom_fields|external_id|failure_reason)$/

const looksPersonal = (name: string) => {
  const snake = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()
  return personalWord.test(snake) || personalName.test(snake)
}

/** Demands a decision, `x-pii: true` or `false`, wherever a name or format suggests personal data. */
export const piiMarks: Oas3Rule = () => {
  const check = (name: string, schema: unknown, marks: unknown, { report }: Context, location: Context['location']) => {
    const byName = looksPersonal(name)
    const byFormat = Reflect.get(Object(schema), 'format') === 'email'
    if (!(byName || byFormat) || Reflect.has(Object(marks), 'x-pii')) return
    const reason = byName ? 'name' : 'format'
    report({
      message: `Expected \`x-pii: true\` or \`x-pii: false\` on \`${name}\`: its ${reason} suggests personal data.`,
      location,
    })
  }
  return {
    SchemaProperties: (properties, at) => {
      for (const [name, schema] of Object.entries(properties)) {
        check(name, schema, schema, at, at.location.child([name]).key())
      }
    },
    Parameter: (node, at) => check(node.name, node.schema, node, at, at.location),
  }
}
