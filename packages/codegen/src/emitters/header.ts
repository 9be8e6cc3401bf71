/** The first line of a generated TypeScript file. */
export const generatedHeader = (source: string) =>
  `// @generated from ${source}. Do not edit: change the spec and run \`pnpm generate\`.\n\n`
