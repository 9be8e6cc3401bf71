import { join, relative } from 'node:path'
import { loadSpec } from '../src/spec/load.ts'
import { SpecError } from '../src/spec/problem.ts'
import type { RuleSet } from '../src/spec/rules.ts'
import { writeFolder } from './write-folder.ts'

/** What the error says that loading `spec.yaml` among these files ends in, without the folder in its paths. */
export async function failureOf(files: Record<string, string>, rules: RuleSet = 'house'): Promise<string> {
  const folder = writeFolder(files)
  const error = await loadSpec(join(folder, 'spec.yaml'), rules).catch((reason: unknown) => reason)
  if (!(error instanceof SpecError)) throw new Error('Expected a SpecError', { cause: error })
  return error.message.replaceAll(`${relative(process.cwd(), folder)}/`, '').replaceAll(`${folder}/`, '')
}
