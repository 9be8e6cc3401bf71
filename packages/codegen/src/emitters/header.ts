import { runScript } from '../spec/run-script.ts'

/** How a generated file says what it is made from, and how. */
export const generatedNote = (source: string) =>
  `@generated from ${source}. Do not edit: change the spec and run \`${runScript('generate')}\`.`

/** The first line of a generated TypeScript file. */
export const generatedHeader = (source: string) => `// ${generatedNote(source)}\n\n`
