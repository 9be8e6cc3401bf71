/** What of a row tells which options it needs. */
interface Needy {
  body?: readonly string[]
  answer?: unknown
  styles?: unknown
  security?: readonly unknown[]
}

/** The options of `createApiClient` without which some of these rows cannot be served, in alphabetical order. */
export function listNeededOptions(rows: readonly Needy[]): string[] {
  const isForm = (type: string) => /x-www-form-urlencoded|^multipart\//.test(type)
  const needs = {
    authenticate: rows.some(({ security = [] }) => security.length > 0),
    readAnswer: rows.some(({ answer }) => answer !== undefined),
    writeBody: rows.some(({ body }) => body !== undefined),
    writeForm: rows.some(({ body = [] }) => body.some(isForm)),
    writeParameters: rows.some(({ styles }) => styles !== undefined),
  }
  return Object.entries(needs).flatMap(([name, isNeeded]) => (isNeeded ? [name] : []))
}
