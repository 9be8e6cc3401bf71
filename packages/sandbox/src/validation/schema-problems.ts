import type { ErrorObject } from 'ajv'
import { fieldName, kindOf, type Problem } from './problem.ts'
import { unescapeToken } from './resolve-schema.ts'

/** How many of the validator's errors are looked at: a body of 1 MiB can cause hundreds of thousands. */
const errorLimit = 1000

/**
 * Turns the validator's errors into problems, one per field. Alternatives that repeat each other's schemas are told
 * apart only by what they require: where all of them lack something the problem is that, otherwise what they lack is
 * left out and the rest counts. `whole` names the value itself. The errors must be verbose.
 */
export function schemaProblems(errors: readonly ErrorObject[], whole: string): Problem[] {
  const considered = errors.slice(0, errorLimit)
  const unions = considered.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')
  const lacks = new Set(unions.flatMap((union) => lacksOf(union, considered)))
  const plain = considered.filter((error) => !unions.includes(error) && !lacks.has(error))
  const problems = [...unions.flatMap((union) => lacksAll(union, considered, whole)), ...plain.map(toProblem(whole))]
  const byField = new Map<string, Problem>()
  for (const problem of problems.length > 0 ? problems : unions.map(toProblem(whole))) {
    if (!byField.has(problem.field)) byField.set(problem.field, problem)
  }
  return [...byField.values()]
}

/** What the alternatives of a union require themselves and is missing. */
const lacksOf = (union: ErrorObject, errors: readonly ErrorObject[]) =>
  errors.filter(({ keyword, schemaPath }) => keyword === 'required' && branchOf(union, schemaPath) !== undefined)

function branchOf(union: ErrorObject, schemaPath: string): string | undefined {
  const [branch, keyword, ...rest] = schemaPath.slice(union.schemaPath.length + 1).split('/')
  const isOwn = schemaPath.startsWith(`${union.schemaPath}/`) && keyword === 'required' && rest.length === 0
  return isOwn ? branch : undefined
}

/** The one problem of a union all of whose alternatives lack something. */
function lacksAll(union: ErrorObject, errors: readonly ErrorObject[], whole: string): Problem[] {
  const lacks = lacksOf(union, errors).filter(({ instancePath }) => instancePath === union.instancePath)
  const branches = Map.groupBy(lacks, ({ schemaPath }) => branchOf(union, schemaPath))
  if (!Array.isArray(union.schema) || branches.size < union.schema.length) return []
  const names = [...branches.values()].map((branch) => branch.map(missingName).join(' and '))
  const field = fieldName(pathOf(union), whole)
  return [{ field, message: `expected ${[...new Set(names)].join(' or ')}, found none of them` }]
}

function toProblem(whole: string): (error: ErrorObject) => Problem {
  return (error) => {
    const path = error.keyword === 'required' ? [...pathOf(error), missingName(error)] : pathOf(error)
    const code: unknown = error.parentSchema?.['x-error-code']
    return { field: fieldName(path, whole), message: describe(error), ...(typeof code === 'string' && { code }) }
  }
}

const pathOf = ({ instancePath }: ErrorObject) => instancePath.split('/').slice(1).map(unescapeToken)

const missingName = ({ params }: ErrorObject) => String(params.missingProperty)

function describe({ keyword, params, schema, data, message = 'expected another value' }: ErrorObject): string {
  const found = kindOf(data)
  switch (keyword) {
    case 'required':
      return 'expected a value, found nothing'
    case 'type':
      return `expected ${[schema].flat().join(' or ')}, found ${found}`
    case 'enum':
      return `expected one of ${JSON.stringify(schema).slice(1, -1)}, found ${another(found)}`
    case 'const':
      return `expected ${JSON.stringify(schema)}, found ${another(found)}`
    case 'format':
      return `expected ${params.format}, found ${another(found)}`
    case 'minimum':
      return `expected at least ${schema}, found less`
    case 'maximum':
      return `expected at most ${schema}, found more`
    case 'pattern':
      return `expected text that matches ${params.pattern}, found ${another(found)}`
    default:
      return message
  }
}

const another = (kind: string) => (kind === 'string' ? 'other text' : kind)
