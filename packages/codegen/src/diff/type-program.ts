import ts from 'typescript'

/** What TypeScript makes of the types of one document. */
export interface TypedDocument {
  /** The type of each operation, by operationId. */
  operations: ReadonlyMap<string, ts.Type>
  /** The type of each component schema, by name. */
  schemas: ReadonlyMap<string, ts.Type>
}

/** Two documents as types of one program, so that they can be compared. */
export interface TypeProgram {
  checker: ts.TypeChecker
  before: TypedDocument
  after: TypedDocument
}

/**
 * What generated types need of TypeScript's own library, which would take longer to read than they do. Each interface
 * has a member: without one, a string would pass as any object whose properties are optional.
 */
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
type Record<K extends keyof any, T> = { [P in K]: T }
`

/** Reads the generated types of two documents into one program; they stay in memory. */
export function createTypeProgram(texts: { before: string; after: string }): TypeProgram {
  const files = new Map([
    ['/library.d.ts', library],
    ['/before.ts', texts.before],
    ['/after.ts', texts.after],
  ])
  const options: ts.CompilerOptions = {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ESNext,
    noLib: true,
    noResolve: true,
    types: [],
  }
  const program = ts.createProgram({ rootNames: [...files.keys()], options, host: createHost(files) })
  const checker = program.getTypeChecker()
  const read = (file: string) => readModule(checker, program.getSourceFile(file))
  return { checker, before: read('/before.ts'), after: read('/after.ts') }
}

function createHost(files: ReadonlyMap<string, string>): ts.CompilerHost {
  return {
    fileExists: (file) => files.has(file),
    readFile: (file) => files.get(file),
    writeFile: () => {},
    getSourceFile: (file, languageVersion) => {
      const text = files.get(file)
      return text === undefined ? undefined : ts.createSourceFile(file, text, languageVersion)
    },
    getDefaultLibFileName: () => '/library.d.ts',
    getCurrentDirectory: () => '/',
    getCanonicalFileName: (file) => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
  }
}

function readModule(checker: ts.TypeChecker, file: ts.SourceFile | undefined): TypedDocument {
  const symbol = file && checker.getSymbolAtLocation(file)
  const exported = new Map(symbol && checker.getExportsOfModule(symbol).map((one) => [ts.symbolName(one), one]))
  const typeOf = (name: string) => {
    const found = exported.get(name)
    return found && checker.getDeclaredTypeOfSymbol(found)
  }
  const components = propertiesOf(checker, typeOf('components'))
  return {
    operations: propertiesOf(checker, typeOf('operations')),
    schemas: propertiesOf(checker, components.get('schemas')),
  }
}

function propertiesOf(checker: ts.TypeChecker, type: ts.Type | undefined): Map<string, ts.Type> {
  const properties = type ? checker.getPropertiesOfType(type) : []
  return new Map(properties.map((property) => [ts.symbolName(property), checker.getTypeOfSymbol(property)]))
}
