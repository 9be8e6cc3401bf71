import { astToString, type OpenAPI3, resolveRef, stringToAST, transformSchema } from 'openapi-typescript'
import ts from 'typescript'
import { rest } from '../printable/simplify.ts'
import { copyWithStandIns, restoreNames } from '../printable/stand-ins.ts'
import { toPrintable } from '../printable/to-printable.ts'
import type { OpenApiDocument } from '../spec/document.ts'
import { findResponseEnums } from '../spec/open-enums.ts'
import { nameAsOnTheWire } from './wire-names.ts'

/** The TypeScript types of a document. Media types and headers have one name there, however the document spells it. */
export function printTypes(document: OpenApiDocument): string {
  const copy = copyWithStandIns(document)
  for (const schema of findResponseEnums(copy)) schema.enum?.push(anyOther)
  toPrintable(copy)
  nameAsOnTheWire(copy)
  const nodes = transformSchema(asOpenApi3(copy), createContext(copy))
  const text = astToString(nodes.map((node) => (isWithRequired(node) ? withRequired : node)))
  return restoreNames(text)
}

const isWithRequired = (node: ts.Node) => ts.isTypeAliasDeclaration(node) && node.name.text === 'WithRequired'

/** openapi-typescript's own takes no type that may be `null`, and no name that only some alternatives have. */
const [withRequired] = stringToAST(
  'type WithRequired<T, K extends PropertyKey> = T extends object ? T & Required<Pick<T, K & keyof T>> : T;',
) as [ts.Node]

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
    discriminators: { objects: {}, refsHandled: [] },
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

// It writes texts as identifiers, which keeps their characters as they are.
const isText = (node: ts.Node, text: string) => ts.isIdentifier(node) && node.text === JSON.stringify(text)

function openType(type: ts.TypeNode): ts.TypeNode | undefined {
  if (ts.isTupleTypeNode(type)) return openTuple(type)
  if (!ts.isUnionTypeNode(type)) return undefined
  if (type.types.some((one) => isText(one, anyOther))) return openEnum(type)
  return ts.factory.createUnionTypeNode(type.types.map((one) => (ts.isTupleTypeNode(one) ? openTuple(one) : one)))
}

/** `'A' | 'B' | (string & {})`: editors still complete the known values, and new ones type-check. */
function openEnum(type: ts.UnionTypeNode): ts.TypeNode {
  const { factory } = ts
  const anyString = factory.createParenthesizedType(
    factory.createIntersectionTypeNode([
      factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
      factory.createTypeLiteralNode([]),
    ]),
  )
  return factory.createUnionTypeNode([...type.types.filter((one) => !isText(one, anyOther)), anyString])
}

/** `[string, ...number[]]`, where the last item stands for all that follow. */
function openTuple(type: ts.TupleTypeNode): ts.TypeNode {
  const last = type.elements.at(-1)
  if (!last || !ts.isUnionTypeNode(last) || !last.types.some((one) => isText(one, rest))) return type
  const [others] = last.types.filter((one) => !isText(one, rest))
  const elements = type.elements.slice(0, -1)
  return ts.factory.createTupleTypeNode(others ? [...elements, ts.factory.createRestTypeNode(others)] : elements)
}
