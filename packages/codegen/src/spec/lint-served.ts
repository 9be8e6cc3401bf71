import type { Oas3Rule, Oas3Visitor } from '@redocly/openapi-core'
import { methods } from './document.ts'

type Context = Parameters<Extract<NonNullable<Oas3Visitor['Schema']>, (...args: never) => unknown>>[1]

/** A field name as HTTP has it (RFC 9110, 5.6.2). */
const headerName = /^[\w!#$%&'*+.^`|~-]+$/

/** Refuses what OpenAPI allows and no type or table here can say, so that nothing of it is lost in silence. */
export const servedConstructs: Oas3Rule = () => {
  const refuse = ({ report, location }: Context, field: string, message: string) =>
    report({ message, location: location.child([field]).key() })
  return {
    PathItem: (node, at) => {
      for (const field of ['query', 'additionalOperations']) {
        if (!Object.hasOwn(node, field)) continue
        refuse(
          at,
          field,
          `Expected methods of ${methods.join(', ')}; found \`${field}\`: a method of its own has no types.`,
        )
      }
    },
    Parameter: (node, at) => {
      if (String(node.in) !== 'querystring') return
      refuse(
        at,
        'in',
        'Expected a parameter for each part of the query; found `querystring`, which is all of it at once.',
      )
    },
    SecurityScheme: (node, at) => {
      if (node.type !== 'apiKey' || node.in !== 'header' || headerName.test(node.name ?? '')) return
      refuse(
        at,
        'name',
        `Expected the name of a header; found ${JSON.stringify(node.name)}, which no request can carry.`,
      )
    },
    Schema: (node, at) => {
      if (!Object.hasOwn(node, '$dynamicRef')) return
      const message =
        'Expected `$ref`; found `$dynamicRef`: what it leads to depends on who refers to it, and no type says that.'
      refuse(at, '$dynamicRef', message)
    },
  }
}
