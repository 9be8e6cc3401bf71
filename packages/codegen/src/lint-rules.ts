import type { Oas3Rule, Oas3Visitor } from '@redocly/openapi-core'

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
    Root: (node, at) => check(node, 'x-error-codes', isErrorCodes, 'a map from a status to a snake_case code', at),
    Operation: (node, at) => {
      check(node, 'x-retry', (value) => value === 'safe' || value === 'never', '`safe` or `never`', at)
      check(node, 'x-unwrap', (value) => value === 'data', '`data`', at)
    },
    Schema: (node, at) => check(node, 'x-pii', isBoolean, '`true` or `false`', at),
    Parameter: (node, at) => check(node, 'x-pii', isBoolean, '`true` or `false`', at),
  }
}

function isErrorCodes(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).every(
    ([status, code]) => /^[45]\d\d$/.test(status) && typeof code === 'string' && /^[a-z][a-z0-9_]*$/.test(code),
  )
}

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

/** Names under which personal data travels, in any casing. */
const personalName =
  /^(e_?mail|phone|recipient|to|subject|html|text|custom_?fields|external_?id|(first|last|full)_?name|address|birth_?date)$/i

/** Demands a decision, `x-pii: true` or `false`, wherever a name or format suggests personal data. */
export const piiMarks: Oas3Rule = () => {
  const check = (name: string, schema: unknown, marks: unknown, { report }: Context, location: Context['location']) => {
    const looksPersonal = personalName.test(name) || Reflect.get(Object(schema), 'format') === 'email'
    if (!looksPersonal || Reflect.has(Object(marks), 'x-pii')) return
    report({
      message: `Expected \`x-pii: true\` or \`x-pii: false\` on \`${name}\`: its name suggests personal data.`,
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
