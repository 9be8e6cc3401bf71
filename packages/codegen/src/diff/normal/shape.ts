/** Keywords for people: they change nothing of what is sent or answered. */
const words: ReadonlySet<string> = new Set([
  ...['info', 'summary', 'description', 'title', 'example', 'examples', 'externalDocs', '$comment'],
])

/** Whether a keyword of an object is for people, or an extension, which has a meaning only where a check of ours reads it. */
export const isWords = (keyword: string): boolean => words.has(keyword) || keyword.startsWith('x-')

/** Says in a document in normal form that the type of an enum takes further values. No keyword of OpenAPI. */
export const openKeyword = 'open'
