import type { Content, OpenApiDocument, OperationEntry, Parameter } from '../../spec/document.ts'
import type { Direction } from '../../spec/read-write.ts'
import type { SchemaView } from '../normal/schema-view.ts'
import type { Alternative } from './alternatives.ts'
import type { Change } from './change.ts'
import type { Comparison, NamedSchema } from './comparison.ts'

/** Two parts that belong together; one that is new has no `before`, one that is gone no `after`. */
export interface Pair<T> {
  before: T | undefined
  after: T | undefined
  direction: Direction
  /** Where it is written. */
  spot: Spot
}

/** Where something is written: in a part of one of the documents, or below it. */
export interface Spot {
  side: 'before' | 'after'
  part: object
  /** A name within the part that is no part of its own, such as `phone` or `200`. */
  below?: string
  /** Where a reference, or what stood in its place, was replaced; `below` begins with it. */
  replacedAt?: string
}

/** What a rule tells of a pair. */
export interface Finding extends Pick<Change, 'bump' | 'id' | 'message'> {
  /** Default: that of the pair. */
  direction?: Change['direction']
  /** Default: that of the pair. */
  spot?: Spot
}

/** Takes what a rule finds. */
export type Report = (finding: Finding) => void

/** Looks at one pair and reports what differs in it, and what that means; not what differs in parts that are pairs of their own. */
export type Rule<P> = (pair: P, comparison: Comparison, report: Report) => void

/** The two documents. */
export interface DocumentPair extends Pair<OpenApiDocument> {
  before: OpenApiDocument
  after: OpenApiDocument
}

/** Two component schemas; where one of them is missing, the name came or went. */
export type NamedSchemaPair = Pair<NamedSchema> & {
  /** Whether the name stands for another schema now, while what referred to it refers to what it was. */
  isReplaced: boolean
}

/** An operation, or what the API calls as a webhook or callback. */
export type OperationPair = Pair<OperationEntry> & { kind: 'operation' | 'webhook' | 'callback' }

/** A parameter of an operation. */
export type ParameterPair = Pair<Parameter>

/** A request body. */
export type BodyPair = Pair<Content>

/** What a body, or a parameter, is in one media type. */
export type MediaTypePair = Pair<MediaType> & { type: string }

/** A media type of a body or parameter. */
export interface MediaType {
  schema?: unknown
  encoding?: unknown
}

/** An answer with one status. */
export type ResponsePair = Pair<Content> & {
  isSuccess: boolean
  /** Whether code that takes the answer of any success finds in a new one what it found in another. */
  isKnown: boolean
}

/** A header of an answer; `isSure` tells whether code can rely on that: an error may disappear as a whole. */
export type HeaderPair = Pair<Header> & { isSure: boolean }

/** A header as a response describes it. */
export interface Header {
  schema?: unknown
  required?: boolean
  content?: Record<string, MediaType>
}

/** Two schemas at one place. */
export interface SchemaPair extends Pair<SchemaView> {
  before: SchemaView
  after: SchemaView
  /** The two as they are written, references included. */
  schemas: { before: unknown; after: unknown }
  /** Whether both are written at one place, so that what differs in one of their parts is told at that part. */
  isAligned: boolean
  /** Whether callers have to send the value, so that its default is never taken. */
  isRequired: boolean
}

/** A property of two schemas, by its name before the change or, where it is new, after it. */
export type PropertyPair = Pair<NamedProperty> & {
  name: string
  /** The objects that have the property, or do not. */
  holders: { before: SchemaView; after: SchemaView }
  /** Whether both objects are written at one place. */
  isAligned: boolean
}

/** A property of a schema; of a name that is only required, the schema is `true`. */
export interface NamedProperty {
  name: string
  schema: unknown
}

/**
 * Alternatives of two schemas that belong together, or one that only one of them has. One that fits breaks nothing:
 * what it took another takes, or what it answers another answered before.
 */
export type AlternativePair = Pair<Alternative> & { fits: boolean }
