import ts from 'typescript'
import { printTypes } from '../../src/emitters/print-types.ts'
import type { Pair } from './opinion.ts'

/** The types that are generated from a document. */
export interface Types {
  /** By operationId. */
  operations: ReadonlyMap<string, ts.Type>
  /** By path, and in it by method. */
  paths: ReadonlyMap<string, ts.Type>
  /** By name, and in it by method. */
  webhooks: ReadonlyMap<string, ts.Type>
  /** Of component schemas, by name. */
  schemas: ReadonlyMap<string, ts.Type>
}

/** Reading TypeScript's own library would take longer than all else. Without members, a string would pass as any object. */
const library = `
interface Array<T> { readonly length: number; [index: number]: T }
interface Boolean { valueOf(): boolean }
interface CallableFunction {}
interface Function { readonly name: string }
interface IArguments {}
interface NewableFunction {}
interface Number { toFixed(): string }
interface Object {}
interface RegExp {}
interface String { readonly length: number }
type Exclude<T, U> = T extends U ? never : T
type Extract<T, U> = T extends U ? T : never
type Pick<T, K extends keyof T> = { [P in K]: T[P] }
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>
type Required<T, P> = P extends keyof T ? Exclude<T[P], undefined> : unknown
type Record<K extends keyof any, T> = { [P in K]: T }
`

/** Generates the types of two documents and reads them into one program, in which they can be compared. */
export function createTypes({ before, after }: Pair): { checker: ts.TypeChecker; before: Types; after: Types } {
  const print = (document: Pair['before']) =>
    printTypes(document)
      // What is required need not be described, and of such a type the compiler does not say that it fits itself.
      .replace(
        /(type WithRequired<T, K extends) PropertyKey> = .*;/,
        '$1 string> = T extends object ? T & { [P in K]: Required<T, P> } : T;',
      )
  const files = new Map([
    ['/library.d.ts', library],
    ['/before.ts', print(before)],
    ['/after.ts', print(after)],
  ])
  const program = ts.createProgram({
    rootNames: [...files.keys()],
    options: { strict: true, exactOptionalPropertyTypes: true, noLib: true, noResolve: true, types: [] },
    host: {
      fileExists: (file) => files.has(file),
      readFile: (file) => files.get(file),
      writeFile: () => {},
      getSourceFile: (file, version) => ts.createSourceFile(file, files.get(file) ?? '', version),
      getDefaultLibFileName: () => '/library.d.ts',
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (file) => file,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
    },
  })
  const checker = program.getTypeChecker()
  return { checker, before: readTypes(checker, program, '/before.ts'), after: readTypes(checker, program, '/after.ts') }
}

function readTypes(checker: ts.TypeChecker, program: ts.Program, file: string): Types {
  const source = program.getSourceFile(file)
  const module = source && checker.getSymbolAtLocation(source)
  const exported = (name: string) => {
    const symbol = module && checker.tryGetMemberInModuleExports(name, module)
    return symbol && checker.getDeclaredTypeOfSymbol(symbol)
  }
  return {
    operations: propertiesOf(checker, exported('operations')),
    paths: propertiesOf(checker, exported('paths')),
    webhooks: propertiesOf(checker, exported('webhooks')),
    schemas: propertiesOf(checker, propertiesOf(checker, exported('components')).get('schemas')),
  }
}

/** The types of an object's properties by their names, without those that hold nothing (`query?: never`). */
export function propertiesOf(checker: ts.TypeChecker, type: ts.Type | undefined): Map<string, ts.Type> {
  const properties = (type ? checker.getPropertiesOfType(type) : []).map((symbol) => {
    const held = checker.getTypeOfSymbol(symbol)
    const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0
    return [ts.symbolName(symbol), isOptional ? withoutMissing(checker, held) : held] as const
  })
  return new Map(properties.filter(([, { flags }]) => (flags & (ts.TypeFlags.Never | ts.TypeFlags.Undefined)) === 0))
}

/** Without the `undefined` of what may be missing; `null` stays. */
function withoutMissing(checker: ts.TypeChecker, type: ts.Type): ts.Type {
  if (!type.isUnion() || !type.types.some(({ flags }) => flags & ts.TypeFlags.Undefined)) return type
  return type.types.some(({ flags }) => flags & ts.TypeFlags.Null) ? type : checker.getNonNullableType(type)
}
