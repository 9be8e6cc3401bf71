import ts from 'typescript'

/** Types that a consumer is compiled against, and its code. */
export interface Consumer {
  types: string
  code: string
}

const options: ts.CompilerOptions = {
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  allowImportingTsExtensions: true,
  noEmit: true,
  skipLibCheck: true,
  types: [],
}

/** What the code of a consumer of `guests.yaml` can use. */
const preamble = `
import type { components, operations } from './types.ts'
type Schema<Name extends keyof components['schemas']> = components['schemas'][Name]
type Place<Id extends keyof operations, In extends keyof operations[Id]['parameters']> = NonNullable<operations[Id]['parameters'][In]>
type BodyField<Id extends keyof operations> = Pick<operations[Id], 'requestBody'>
type Contents<Id extends keyof operations> = NonNullable<operations[Id]['requestBody']>['content']
type Responses<Id extends keyof operations> = operations[Id]['responses']
type Content<Answer> = Answer extends { content: { 'application/json': infer Body } } ? Body : undefined
type Headers<Answer> = Answer extends { headers: infer Headers } ? Headers : undefined
declare function save(body: Contents<'saveGuest'>['application/json']): void
declare function answer<Id extends keyof operations, Status extends keyof Responses<Id>>(id: Id, status: Status): Content<Responses<Id>[Status]>
declare function headers<Id extends keyof operations, Status extends keyof Responses<Id>>(id: Id, status: Status): Headers<Responses<Id>[Status]>
declare const guest: Content<Responses<'listGuests'>[200]> extends (infer Guest)[] ? Guest : never
`

/** Compiles each consumer against its types, strictly and in one program. Returns the errors of each, as text. */
export function compileConsumers(consumers: Consumer[]): string[] {
  const files = new Map(
    consumers.flatMap(({ types, code }, index) => [
      [`/${index}/types.ts`, types],
      [`/${index}/consumer.ts`, `${preamble}\n${code}\nexport {}\n`],
    ]),
  )
  const host = ts.createCompilerHost(options)
  const program = ts.createProgram({
    rootNames: [...files.keys()],
    options,
    host: {
      ...host,
      directoryExists: () => true,
      fileExists: (file) => files.has(file) || host.fileExists(file),
      readFile: (file) => files.get(file) ?? host.readFile(file),
      getSourceFile: (file, version) => {
        const text = files.get(file)
        return text === undefined ? host.getSourceFile(file, version) : ts.createSourceFile(file, text, version)
      },
    },
  })
  return consumers.map((_, index) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(`/${index}/consumer.ts`))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
      .join('\n'),
  )
}
