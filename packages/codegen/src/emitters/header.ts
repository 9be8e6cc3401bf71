import { generatedNote } from '../spec/run-script.ts'

/** The first line of a generated TypeScript file. */
export const generatedHeader = (source: string) => `// ${generatedNote(source)}\n\n`
