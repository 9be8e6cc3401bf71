/** The command that runs a script of the root package, on any machine with Node and npm: as the README writes it. */
export const runScript = (name: string): string => `npx --yes pnpm@12.21.0 ${name}`

const mark = '@generated from'

/** How a generated file says what it is made from, and how. */
export const generatedNote = (source: string) =>
  `${mark} ${source}. Do not edit: change the spec and run \`${runScript('generate')}\`.`

/** Whether a file says so of itself: at its head, for texts may speak of it anywhere. */
export const isGenerated = (text: string): boolean => text.split('\n', 2).some((line) => line.includes(`${mark} `))
