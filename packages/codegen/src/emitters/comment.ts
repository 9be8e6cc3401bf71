/** A doc comment with these words, in lines that are as far indented. */
export function comment(words: string, indent = ''): string {
  const lines = words.trim().replaceAll('*/', '*\\/').split('\n')
  return lines.length === 1
    ? `${indent}/** ${lines[0]} */`
    : ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'].map((line) => indent + line).join('\n')
}
