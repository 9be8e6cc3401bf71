import type { Ajv2020 } from 'ajv/dist/2020.js'
import type { Problem } from './problem.ts'
import type { Root } from './resolve-schema.ts'
import { schemaProblems } from './schema-problems.ts'

/** Lists what is wrong with a value; nothing where it is valid. */
export type Check = (value: unknown) => readonly Problem[]

/** Compiles the schema at a JSON pointer into the description. Problems with the value as a whole are called `whole`. */
export type CompileCheck = (pointer: string, whole: string) => Promise<Check>

const valid: readonly Problem[] = []

/** Creates a compiler of a description's schemas. The validator is loaded when it is first needed, since that takes time. */
export function createCheckCompiler(root: Root): CompileCheck {
  let loading: Promise<Ajv2020> | undefined
  return async (pointer, whole) => {
    loading ??= loadValidator(root)
    const validate = (await loading).getSchema(`spec#${pointer}`)
    if (!validate) throw new Error(`the description has no schema at ${pointer}`)
    return (value) => (validate(value) ? valid : schemaProblems(validate.errors ?? [], whole))
  }
}

async function loadValidator(root: Root): Promise<Ajv2020> {
  const [{ Ajv2020 }, { fullFormats }] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv-formats/dist/formats.js'),
  ])
  // The schemas were checked when they were generated, so that checking them again would only cost time.
  const trusted = { meta: false, validateSchema: false, strict: false } as const
  const validator = new Ajv2020({ ...trusted, allErrors: true, verbose: true, formats: fullFormats })
  return validator.addSchema(root, 'spec')
}
