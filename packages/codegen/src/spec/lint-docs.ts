import type { Oas3Rule, Oas3Visitor } from '@redocly/openapi-core'

type Context = Parameters<Extract<NonNullable<Oas3Visitor['any']>, (...args: never) => unknown>>[1]
type Place = Pick<Context, 'report' | 'location'>

/** An operationId that documentation leads to, and where it is named. */
type Lead = Place & { operation: string }

/**
 * Refuses `x-when-to-use` and `links` that lead to an operation which the document does not have, and, once one
 * operation says when to use it, those that do not say it of themselves.
 */
export const relatedOperations: Oas3Rule = () => {
  const ids = new Set<string>()
  const leads: Lead[] = []
  const silent: (Place & { id: string })[] = []
  let said = false
  return {
    // Not under `webhooks`: what the API calls is nothing that a reader chooses to use.
    Paths: {
      Operation: (node, { report, location }) => {
        const id = node.operationId ?? ''
        ids.add(id)
        const uses = usesOf(node)
        said ||= uses.length > 0
        if (!uses.includes(id)) silent.push({ id, report, location: location.key() })
        uses.forEach((operation, index) => {
          leads.push({ operation, report, location: location.child(['x-when-to-use', index, 'operation']) })
        })
      },
    },
    Link: ({ operationId }, { report, location }) => {
      if (operationId) leads.push({ operation: operationId, report, location: location.child(['operationId']) })
    },
    Root: {
      leave() {
        for (const { operation, report, location } of leads) {
          if (!ids.has(operation)) report({ message: unknownOperation(operation), location })
        }
        for (const { id, report, location } of said ? silent : []) report({ message: noUse(id), location })
      },
    },
  }
}

const unknownOperation = (id: string) =>
  `Expected the operationId of an operation; found \`${id}\`, which the document does not have.`

const noUse = (id: string) =>
  `Expected \`x-when-to-use\` with an entry whose \`operation\` is \`${id}\`: others of this document say when to use them.`

function usesOf(node: object): string[] {
  const uses: unknown = Reflect.get(node, 'x-when-to-use')
  return isWhenToUse(uses) ? uses.map(({ operation }) => operation) : []
}

/** Whether a value is what `x-when-to-use` may hold. */
export const isWhenToUse = (value: unknown): value is { scenario: string; operation: string; note?: string }[] =>
  Array.isArray(value) &&
  value.every((one) => {
    const { scenario, operation, note = '', ...rest } = Object(one)
    return [scenario, operation, note].every((text) => typeof text === 'string') && Object.keys(rest).length === 0
  })

/** Demands a remedy for each error code of a document that has remedies, and none for others. */
export const errorRemedies: Oas3Rule = () => {
  const codes = new Set<string>()
  const mark = (node: object) => add(Reflect.get(node, 'x-error-code'))
  const add = (code: unknown) => {
    if (typeof code === 'string') codes.add(code)
  }
  return {
    Root: {
      enter: (node) => Object.values(Object(Reflect.get(node, 'x-error-codes'))).forEach(add),
      leave(node, { report, location }) {
        const remedies: unknown = Reflect.get(node, 'x-error-remedies')
        if (typeof remedies !== 'object' || remedies === null) return
        const place = location.child(['x-error-remedies'])
        const told = Object.keys(remedies)
        for (const code of codes) {
          if (!told.includes(code)) report({ message: `Expected a remedy for \`${code}\`.`, location: place.key() })
        }
        for (const code of told) {
          const message = `Expected remedies for error codes of this document; found \`${code}\`, which no error has.`
          if (!codes.has(code)) report({ message, location: place.child([code]).key() })
        }
      },
    },
    Schema: mark,
    Parameter: mark,
    Response: {
      MediaType: ({ examples = {} }) => {
        for (const example of Object.values(examples)) {
          const error: unknown = Reflect.get(Object(Reflect.get(Object(example), 'value')), 'error')
          add(Reflect.get(Object(error), 'code'))
        }
      },
    },
  }
}
