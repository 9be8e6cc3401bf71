import { astToString, type OpenAPI3, resolveRef, scanDiscriminators, transformSchema } from 'openapi-typescript'
import ts from 'typescript'
import type { OpenApiDocument } from '../document.ts'
import { findResponseEnums } from '../open-enums.ts'
import { nameAsOnTheWire } from './wire-names.ts'

/** The TypeScript types of a document. Media types and headers have one name there, however the document spells it. */
export function printTypes(document: OpenApiDocument): string {
  // openapi-typescript writes what discriminators say into the schemas they name.
  const copy = structuredClone(document)
  for (const schema of findResponseEnums(copy)) schema.enum?.push(anyOther)
  nameAsOnTheWire(copy)
  return astToString(transformSchema(asOpenApi3(copy), createContext(copy)))
}

type Context = Parameters<typeof transformSchema>[1]

// The linter has shown that the document follows OpenAPI's structure; openapi-typescript names that structure its own way.
const asOpenApi3 = (document: OpenApiDocument) => document as unknown as OpenAPI3

/**
 * openapi-typescript's settings, all at their defaults but `postTransform` and `defaultNonNullable`: what the
 * API fills in need not be sent, and need not be there in an answer. Its one-call form takes the
 * same settings, but lints and bundles the document a second time, which doubles the cost of a large spec.
 */
function createContext(document: OpenApiDocument): Context {
  const schema = asOpenApi3(document)
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
    postTransform: openType,
    propertiesRequiredByDefault: false,
    readWriteMarkers: false,
    // Only its one-call form reads the linter's configuration.
    redoc: undefined as unknown as Context['redoc'],
    resolve: ($ref) => resolveRef(schema, $ref, { silent: true }),
    rootTypes: false,
    rootTypesKeepCasing: false,
    rootTypesNoSchemaPrefix: false,
    silent: true,
    transform: undefined,
    transformProperty: undefined,
  }
}

/** Stands in an enum for the values that a later version may add. No text that an API could mean. */
const anyOther = '\u0000'

/** `'A' | 'B' | (string & {})`: editors still complete the known values, and new ones type-check. */
function openType(type: ts.TypeNode): ts.TypeNode | undefined {
  // It writes texts as identifiers, which keeps their characters as they are.
  const isOther = (one: ts.Node) => ts.isIdentifier(one) && one.text === JSON.stringify(anyOther)
  if (!ts.isUnionTypeNode(type) || !type.types.some(isOther)) return undefined
  const { factory } = ts
  const anyString = factory.createParenthesizedType(
    factory.createIntersectionTypeNode([
      factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
      factory.createTypeLiteralNode([]),
    ]),
  )
  return factory.createUnionTypeNode([...type.types.filter((one) => !isOther(one)), anyString])
}
