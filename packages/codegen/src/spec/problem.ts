import { relative, resolve } from 'node:path'

/** Something wrong with an input file, told so that it can be mended. */
export interface Problem {
  /** Path as given, relative to the working directory where possible. */
  file: string
  /** 1-based; absent when the file as a whole is meant. */
  line?: number
  column?: number
  /** What was found and what is expected. */
  message: string
  /** The rule that found it. */
  rule: string
  /** The JSON pointer of the value, in its file, where the linter found it. */
  pointer?: string
}

/** Carries every problem found in one run; nothing has been written when it is thrown. */
export class SpecError extends Error {
  override readonly name = 'SpecError'
  readonly problems: Problem[]
  /** `advice` is told after the problems. */
  constructor(problems: Problem[], advice?: string) {
    super([formatProblems(problems), ...(advice === undefined ? [] : [advice])].join('\n\n'))
    this.problems = problems
  }
}

const shown = 20

/** One line a problem, in the form editors and terminals turn into links: `file:line:column message (rule)`. */
export function formatProblems(problems: Problem[]): string {
  const lines = problems.slice(0, shown).map(({ file, line, column, message, rule }) => {
    const place = [file, line, column].filter((part) => part !== undefined).join(':')
    return `${place}  ${message} (${rule})`
  })
  const rest = problems.length - shown
  return rest > 0 ? [...lines, `… and ${rest} more.`].join('\n') : lines.join('\n')
}

/** A path as problems tell it: from the working directory. */
export const displayPath = (file: string) => relative(process.cwd(), resolve(file)) || file
