/**
 * A path in which characters that need no percent-encoding have none, as RFC 3986 (6.2.2.2) has it: two paths that mean
 * the same then are the same. Everything else stays encoded.
 */
export function normalizePath(path: string): string {
  if (!path.includes('%')) return path
  return path.replaceAll(/%([0-9a-f]{2})/gi, (encoded, code: string) => {
    const character = String.fromCharCode(Number.parseInt(code, 16))
    return /[\w.~-]/.test(character) ? character : encoded
  })
}
