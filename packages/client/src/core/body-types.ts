import type { textSyntaxes } from './media-type.ts'

/** Bytes as a request takes them: also the streams of Node, which are `AsyncIterable`. */
export type BinaryBody =
  | Blob
  | Uint8Array
  | ArrayBuffer
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array | string>

/** A body that streams events, for `readEvents`. `Data` is what the document says of their data. */
export type EventStream<Data> = ReadableStream<Uint8Array> & { readonly '~data'?: Data }

type Essence<Type> = Type extends `${infer Name};${string}` ? Name : Type

type TextSyntax = (typeof textSyntaxes)[number]

/** How a media type is written and read, as `kindOf` tells it at run time. */
type KindOf<Type> =
  Essence<Type> extends infer Name
    ? Name extends '*/*' | 'application/*'
      ? 'any'
      : Name extends `${string}/json` | `${string}+json`
        ? 'json'
        : Name extends `${string}/x-www-form-urlencoded`
          ? 'urlencoded'
          : Name extends `multipart/${string}`
            ? 'multipart'
            : Name extends 'text/event-stream'
              ? 'events'
              : Name extends `text/${string}` | `${string}${'/' | '+'}${TextSyntax}`
                ? 'text'
                : Name extends `${'image' | 'audio' | 'video' | 'font'}/${string}` | 'application/octet-stream'
                  ? 'bytes'
                  : 'other'
    : never

/** What a request takes as a body of a media type that the document says `Schema` of. */
type RequestBody<Type, Schema> = {
  any: Schema | BinaryBody | FormData | URLSearchParams
  json: Schema
  urlencoded: Schema | URLSearchParams
  multipart: WithFiles<Schema> | FormData
  events: TextOf<Schema> | BinaryBody
  text: TextOf<Schema> | BinaryBody
  bytes: BinaryBody
  other: TextOf<Schema> | BinaryBody
}[KindOf<Type>]

type TextOf<Schema> = Schema extends string ? Schema : string

/** A form whose texts may be files: the types of the document do not tell them apart. */
type WithFiles<Fields> = Fields extends object ? { [Name in keyof Fields]: OrFile<Fields[Name]> } : Fields

type OrFile<Field> = Field extends string
  ? Field | FileBody
  : Field extends readonly (infer Item)[]
    ? Item extends string
      ? readonly (Item | FileBody)[]
      : Field
    : Field

type FileBody = Blob | Uint8Array | ArrayBuffer

/** What a call gives of a success of a media type. */
export type AnswerBody<Type, Schema> = {
  any: unknown extends Schema ? unknown : Schema extends string ? string | Blob : Schema
  json: Schema
  urlencoded: Blob
  multipart: Blob
  events: EventStream<Schema>
  text: TextOf<Schema>
  bytes: Blob
  other: Blob
}[KindOf<Type>]

/** A media type that a range such as `image/*` stands for; any other stands for itself. */
type Within<Type> = Type extends `${infer Start}*` ? `${Start}${string}` : Type & string

/** The body of a request, and the choice of its media type: the row's first goes without saying. */
export type BodyFields<Content, Row> = Row extends { readonly body: readonly [infer First, ...unknown[]] }
  ?
      | { body: BodyOf<Content, First>; contentType?: Within<First> | undefined }
      | { [Type in Exclude<keyof Content, First>]: { body: BodyOf<Content, Type>; contentType: Within<Type> } }[Exclude<
          keyof Content,
          First
        >]
  : { body: Content[keyof Content] }

type BodyOf<Content, Type> = Type extends keyof Content ? RequestBody<Type, Content[Type]> : never

/** Every media type of a success that a call may ask for. */
export type AcceptOf<Response> = Response extends { content: infer Content } ? Within<keyof Content> : never

/** What a call gives of a success: of the media types it asks for, else of JSON, else of whatever is promised. */
export type AnswerOf<Content, Accept> = AnswerIn<Content, KeysOf<Content, Accept>>

type AnswerIn<Content, Types extends keyof Content> = { [Type in Types]: AnswerBody<Type, Content[Type]> }[Types]

type KeysOf<Content, Accept> = [AskedOf<Content, Accept>] extends [never]
  ? [JsonOf<Content>] extends [never]
    ? keyof Content
    : JsonOf<Content>
  : AskedOf<Content, Accept>

type AskedOf<Content, Accept> = [Accept] extends [never]
  ? never
  : { [Type in keyof Content]: Accept extends Within<Type> ? Type : never }[keyof Content]

type JsonOf<Content> = {
  [Type in keyof Content]: KindOf<Type> extends 'json'
    ? Type
    : KindOf<Type> extends 'any'
      ? unknown extends Content[Type]
        ? never
        : Content[Type] extends string
          ? never
          : Type
      : never
}[keyof Content]
