/** Makes what tells whether a text is the name of a type. Loaded late: the compiler, which knows its own words, takes its time. */
export async function createNameCheck(): Promise<(name: string) => boolean> {
  const { default: ts } = await import('typescript')
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false)
  return (name) => {
    scanner.setText(name)
    return scanner.scan() === ts.SyntaxKind.Identifier && scanner.getTokenEnd() === name.length
  }
}
