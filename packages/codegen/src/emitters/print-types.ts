import {
  astToString,
  type OpenAPI3,
  resolveRef,
  scanDiscriminators,
  transformSchema,
  tsLiteral,
  tsNullable,
} from 'openapi-typescript'
import ts from 'typescript'
import type { OpenApiDocument, Schema } from '../document.ts'
import { findResponseEnums } from '../open-enums.ts'

/**
 * The TypeScript types of a document or, where `select` gives a part of it, of that part: each type is then the one it
 * has in the whole document. `select` must keep the schemas themselves, not copies.
 */
export function printTypes(document: OpenApiDocument, select = (whole: OpenApiDocument) => whole): string {
  // openapi-typescript writes what discriminators say into the schemas they name.
  const copy = structuredClone(document)
  const context = createContext(copy)
  return astToString(transformSchema(asOpenApi3(select(copy)), context))
}

type Context = Parameters<typeof transformSchema>[1]

// The linter has shown that the document follows OpenAPI's structure; openapi-typescript names that structure its own way.
const asOpenApi3 = (document: OpenApiDocument) => document as unknown as OpenAPI3

/**
 * openapi-typescript's settings, all at their defaults but `transform` and `defaultNonNullable`: what the
 * API fills in need not be sent, and need not be there in an answer. Its one-call form takes the
 * same settings, but lints and bundles the document a second time, which doubles the cost of a large spec.
 */
function createContext(document: OpenApiDocument): Context {
  const schema = asOpenApi3(document)
  const openEnums = findResponseEnums(document)
  return {
    additionalProperties: false,
    alphabetize: false,
    arrayLength: false,
    conditionalEnums: false,
    dedupeEnums: false,
    defaultNonNullable: false,
    discriminators: scanDiscriminators(schema, { silent: true }),
    emptyObjectsUnknown: false,
    enum: false,
    enumValues: false,
    excludeDeprecated: false,
    exportType: false,
    generatePathParams: false,
    immutable: false,
    injectFooter: [],
    makePathsEnum: false,
    pathParamsAsTypes: false,
    postTransform: undefined,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    // Only its one-call form reads the linter's configuration.
    redoc: undefined as unknown as Context['redoc'],
    resolve: ($ref) => resolveRef(schema, $ref, { silent: true }),
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    transform: (node) => openType(node as Schema, openEnums),
    transformProperty: undefined,
  }
}

/** The type of an open enum, or of an array of them; `undefined` leaves a schema to openapi-typescript. */
function openType(schema: Schema, openEnums: ReadonlySet<Schema>): ts.TypeNode | undefined {
  const isNullable = schema.nullable || (Array.isArray(schema.type) && schema.type.includes('null'))
  if (openEnums.has(schema)) {
    const values = schema.enum as (string | null)[]
    return openEnum(isNullable && !values.includes(null) ? [...values, null] : values)
  }
  // openapi-typescript asks about properties and components, but not about what an array holds.
  const items = schema.items && openType(schema.items, openEnums)
  if (!items) return undefined
  const array = ts.factory.createArrayTypeNode(items)
  return isNullable ? tsNullable([array]) : array
}

/** `'A' | 'B' | (string & {})`: editors still complete the known values, and new ones type-check. */
function openEnum(values: (string | null)[]): ts.TypeNode {
  const { factory } = ts
  const anyString = factory.createParenthesizedType(
    factory.createIntersectionTypeNode([
      factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
      factory.createTypeLiteralNode([]),
    ]),
  )
  return factory.createUnionTypeNode([...values.map((value) => tsLiteral(value)), anyString])
}
