import { type Content, listOperations, type OpenApiDocument, type Operation } from 'codegen/document'
import type { Case } from './case.ts'
import { examplesOf, unnamedExampleOf } from './spec.ts'

/** The parts of a case that say what it exchanges. */
type Exchange = Pick<Case<string, string>, 'operation' | 'request' | 'expect'>

/** Looks up what a spec documents of the exchanges that cases name. Each function throws where it documents no such thing. */
export function createDocumented(spec: OpenApiDocument) {
  const operations = new Map(listOperations(spec).map(({ id, operation }) => [id, operation]))

  function find({ operation }: Exchange): Operation {
    const found = operations.get(operation)
    if (!found) throw new Error(`the spec has no operation ${operation}`)
    return found
  }

  function exampleOf(body: Content | undefined, name: string | undefined): unknown {
    if (name === undefined) return unnamedExampleOf(spec, body)
    const examples = examplesOf(spec, body)
    if (!(name in examples)) throw new Error(`the spec has no example "${name}" here`)
    return examples[name]
  }

  /** The property of a successful body that holds the result, where there is one. */
  const unwrapped = (one: Exchange) => find(one)['x-unwrap']

  /** The body that a case sends. */
  const requestBody = (one: Exchange): unknown => {
    const { example, body = exampleOf(find(one).requestBody, example) } = one.request
    return body
  }

  /** The body that a case is answered with. */
  const answerBody = (one: Exchange): unknown => exampleOf(find(one).responses?.[one.expect.status], one.expect.example)

  /** What a client makes of that body. */
  const payload = (one: Exchange): unknown => {
    const body = answerBody(one)
    const property = unwrapped(one)
    return property && body ? Reflect.get(body as object, property) : body
  }

  return { unwrapped, requestBody, answerBody, payload }
}
