type Given<Operation, Place extends string> = Operation extends { parameters: { [In in Place]?: infer Values } }
  ? NonNullable<Values>
  : never

/** The type itself; the other where the description has nothing there, which its types call `never`. */
type Present<Type, Otherwise> = [Type] extends [never] ? Otherwise : Type

/** JSON as it is parsed, a stream of events as its pieces, any other body as its text. */
type BodyOf<Content> = Content extends { content: { 'application/json': infer Body } }
  ? Body
  : Content extends { content: { 'text/event-stream': unknown } }
    ? AsyncIterable<string>
    : Content extends { content: { [type: string]: infer Body } }
      ? Present<Body, undefined>
      : undefined

/** What a handler gets: valid by the description, decoded and typed by it. Headers are there where it describes some. */
export type Input<Operation> = {
  path: Present<Given<Operation, 'path'>, Record<string, never>>
  query: Present<Given<Operation, 'query'>, Record<string, never>>
  body: Operation extends { requestBody?: infer Body }
    ? Present<BodyOf<NonNullable<Body>>, undefined> | (undefined extends Body ? undefined : never)
    : undefined
} & ([Given<Operation, 'header'>] extends [never] ? unknown : { header: Given<Operation, 'header'> })

type Success = 200 | 201 | 202 | 203 | 204 | 205 | 206

/** A successful answer that the description documents for the operation. */
export type Reply<Operation> = Operation extends { responses: infer Responses }
  ? { [Status in keyof Responses & Success]: { status: Status; body: BodyOf<Responses[Status]> } }[keyof Responses &
      Success]
  : never

/** Carries out one operation. Throws a `Refusal` for what is documented as an error. */
export type Handler<Operation, Context> = (input: Input<Operation>, context: Context) => Promise<Reply<Operation>>

/** One handler per operation of a description: a missing one does not compile. */
export type HandlersOf<Types, Context> = { readonly [Id in keyof Types & string]: Handler<Types[Id], Context> }
