/** How what a media type stands for is written and read. */
export type MediaKind = 'json' | 'text' | 'urlencoded' | 'multipart' | 'events' | 'binary' | 'any'

/** A media type without its parameters, in lower case. */
export const essenceOf = (type: string): string => (type.split(';')[0] ?? '').trim().toLowerCase()

/** Syntaxes of text, as media types name them at their end, besides all of `text/`. */
export const textSyntaxes = [
  ...(['xml', 'yaml', 'yml', 'x-yaml', 'toml', 'ndjson', 'x-ndjson', 'jsonl', 'jsonlines', 'x-jsonlines'] as const),
  ...(['json-seq', 'graphql', 'sql', 'javascript', 'ecmascript', 'text', 'plain', 'csv', 'html'] as const),
] as const

/** Patterns of the kinds; whatever fits none is bytes. */
const patterns: readonly (readonly [MediaKind, RegExp])[] = [
  ['any', /^(\*|application)\/\*$/],
  ['json', /[/+]json$/],
  ['urlencoded', /\/x-www-form-urlencoded$/],
  ['multipart', /^multipart\//],
  ['events', /^text\/event-stream$/],
  ['text', new RegExp(`^text/|[/+](${textSyntaxes.join('|')})$`)],
]

/** How a media type is written and read, by its name alone. */
export function kindOf(type: string): MediaKind {
  const essence = essenceOf(type)
  return patterns.find(([, pattern]) => pattern.test(essence))?.[0] ?? 'binary'
}

/** Whether a media type is, or a range such as `image/*` covers, another one. */
export function covers(range: string, type: string): boolean {
  const [wide, narrow] = [essenceOf(range), essenceOf(type)]
  return wide === narrow || wide === '*/*' || (wide.endsWith('/*') && narrow.startsWith(wide.slice(0, -1)))
}

/** The charset that a media type names, in lower case; UTF-8 where it names none. */
export const charsetOf = (type: string): string => /;\s*charset="?([^";\s]+)/i.exec(type)?.[1]?.toLowerCase() ?? 'utf-8'
