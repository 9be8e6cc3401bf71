import type { JsonSchema, OperationSchema, ParameterSchema } from '@minimo/api-types/schemas'
import type { Check, CompileCheck } from '../validation/compile-check.ts'
import { type Problem, violation } from '../validation/problem.ts'
import { type Root, resolveSchema } from '../validation/resolve-schema.ts'
import { showName, unknownProblem } from '../validation/unknown-names.ts'
import { exampleMessage } from './documented-error.ts'
import { findHarm } from './inspect-json.ts'
import type { JudgeUnknown } from './judge-unknown.ts'

/** Parameters as a request carries them. */
export interface RawParameters {
  /** By name, percent-encoded. */
  path: Readonly<Record<string, string>>
  /** Without the `?`. */
  query: string
  /** By lower-case name. */
  headers: Readonly<Record<string, string | undefined>>
}

/** Parameters decoded and typed. */
export interface Parameters {
  path: Readonly<Record<string, unknown>>
  query: Readonly<Record<string, unknown>>
  header: Readonly<Record<string, unknown>>
}

/**
 * Reads the parameters of a request; throws a `Refusal` where they are not as the spec wants them. What `judge` returns
 * for the names that the spec does not know counts among what is wrong.
 */
export type ReadParameters = (raw: RawParameters, judge: JudgeUnknown) => Parameters

/** A parameter, what it is coerced to, and its check. */
interface Reader {
  parameter: ParameterSchema
  schema: JsonSchema
  check: Check
}

/** Where an operation is described. */
export interface Compiling {
  /** The whole description. */
  root: Root
  /** Leads to the operation in it. */
  pointer: string
  compile: CompileCheck
}

/**
 * Prepares reading an operation's parameters. A wrong one is a 400 where the operation documents that, otherwise a 404 in
 * the path and a 422 elsewhere.
 */
export async function compileParameters(
  operation: OperationSchema,
  { root, pointer, compile }: Compiling,
): Promise<ReadParameters> {
  const readers = await Promise.all(
    operation.parameters.map(async (parameter, index): Promise<Reader> => {
      const check = await compile(`${pointer}/parameters/${index}/schema`, parameter.name)
      return { parameter, schema: resolveSchema(root, parameter.schema), check }
    }),
  )
  const inPath = readers.filter(({ parameter }) => parameter.in === 'path')
  const inQuery = readers.filter(({ parameter }) => parameter.in === 'query')
  const inHeader = readers.filter(({ parameter }) => parameter.in === 'header')
  const pathStatus = '400' in operation.responses ? 400 : 404
  const queryStatus = '400' in operation.responses ? 400 : 422
  const opening = pathStatus === 404 ? exampleMessage(operation, pathStatus)?.replace(/\.$/, '') : undefined

  return ({ path, query, headers }, judge) => ({
    path: readAll(inPath, ({ name }) => decodeSegment(path[name]), { status: pathStatus, opening }),
    query: readQuery(inQuery, query, { status: queryStatus, judge }),
    header: readAll(inHeader, ({ name }) => [headers[name.toLowerCase()] ?? []].flat(), {
      status: queryStatus,
      opening: undefined,
    }),
  })
}

function readQuery(
  readers: readonly Reader[],
  query: string,
  { status, judge }: { status: number; judge: JudgeUnknown },
): Record<string, unknown> {
  if (readers.length === 0 && query === '') return {}
  const given = new URLSearchParams(query)
  const known = readers.map(({ parameter }) => parameter.name)
  const unknown = [...new Set(given.keys())].filter((name) => !known.includes(name))
  const problems = judge(unknown.map((name) => unknownProblem(showName(name), name, known)))
  return readAll(readers, ({ name }) => given.getAll(name), { status, opening: undefined, problems })
}

/** The values given for a parameter, or what is wrong with them. */
type Given = readonly string[] | { wrong: string }

/** A parameter's value, nothing where it was left out, or what is wrong with it. */
interface Read {
  value?: unknown
  problems?: readonly Problem[]
}

function decodeSegment(segment: string | undefined): Given {
  if (segment === undefined) return []
  try {
    return [decodeURIComponent(segment)]
  } catch {
    return { wrong: 'expected UTF-8 that is percent-encoded, found other text' }
  }
}

function readAll(
  readers: readonly Reader[],
  find: (parameter: ParameterSchema) => Given,
  { status, opening, problems: found = [] }: { status: number; opening: string | undefined; problems?: Problem[] },
): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  const problems = [...found]
  for (const reader of readers) {
    const { code } = reader.parameter
    const read = readOne(reader, find(reader.parameter))
    if (read.value !== undefined) values[parameterKey(reader.parameter)] = read.value
    problems.push(...(read.problems ?? []).map((problem) => ({ ...problem, code: code ?? problem.code })))
  }
  const [first, ...others] = problems
  if (first) throw violation(status, [first, ...others], opening)
  return values
}

function readOne({ parameter, schema, check }: Reader, given: Given): Read {
  const wrong = (message: string) => ({ problems: [{ field: parameter.name, message }] })
  if ('wrong' in given) return wrong(given.wrong)
  const [text, ...repeated] = given
  if (text === undefined) return parameter.required ? wrong('expected a value, found nothing') : {}
  if (repeated.length > 0) return wrong('expected one value, found several')
  const value = coerce(text, schema)
  const harm = findHarm(value)
  if (harm) return wrong(harm.message)
  const problems = check(value)
  if (problems.length === 0) return { value }
  // A plus in a query means a space, and a phone begins with one.
  return text.startsWith(' ') && parameter.in === 'query'
    ? wrong('begins with a space; write %2B for a plus')
    : { problems }
}

/** Handlers get headers by their lower-case names. */
const parameterKey = ({ name, in: place }: ParameterSchema) => (place === 'header' ? name.toLowerCase() : name)

/** The text as the schema's type wants it; as it is where it cannot be that, for the check to find. */
function coerce(text: string, { type }: JsonSchema): unknown {
  if (type === 'integer' && /^-?\d+$/.test(text)) return Number(text)
  if (type === 'number' && text.trim() !== '' && !Number.isNaN(Number(text))) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
