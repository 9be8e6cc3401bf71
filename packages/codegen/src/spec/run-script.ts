/** The command that runs a script of the root package, on any machine with Node and npm: as the README writes it. */
export const runScript = (name: string): string => `npx --yes pnpm@12.21.0 ${name}`

/** How a generated file says what it is made from, and how. */
export const generatedNote = (source: string) =>
  `@generated from ${source}. Do not edit: change the spec and run \`${runScript('generate')}\`.`
