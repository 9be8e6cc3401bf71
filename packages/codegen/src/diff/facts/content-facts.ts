import { compareSchemas, type SchemaContext } from './schema-facts.ts'

/** What a body, or a parameter, holds by media type. */
export type MediaTypes = Readonly<Record<string, { schema?: unknown }>>

/** Two forms of a body or parameter, and where it stands. */
export interface ContentPair {
  old: MediaTypes
  now: MediaTypes
  location: string
}

/** Reports which media types came and went, and what differs within those that stayed. */
export function compareContent(context: SchemaContext, { old, now, location }: ContentPair): void {
  const { direction, report } = context
  const isRequest = direction === 'request'
  for (const type of [...new Set([...Object.keys(old), ...Object.keys(now)])].sort()) {
    const [was, is] = [old[type], now[type]]
    if (was && is) {
      compareSchemas(context, [was.schema ?? true, is.schema ?? true], location)
    } else if (was) {
      const message = isRequest
        ? `It is no longer taken as \`${type}\`: code that sends that is refused.`
        : `It no longer comes as \`${type}\`: code that reads that gets something else.`
      report({ bump: 'major', id: 'media-type-removed', message, location })
    } else {
      const message = `It ${isRequest ? 'is taken' : 'comes'} as \`${type}\` too.`
      report({ bump: 'minor', id: 'media-type-added', message, location })
    }
  }
}

/** Reports that a parameter or body has to be passed now, or can be left out. */
export function compareNeed(
  { report }: SchemaContext,
  { was, is, location }: { was: boolean | undefined; is: boolean | undefined; location: string },
): void {
  if (is && !was) {
    const message = 'It has to be passed now: calls without it are refused.'
    report({ bump: 'major', id: 'became-required', message, location })
  } else if (was && !is) {
    report({ bump: 'minor', id: 'became-optional', message: 'It can be left out now.', location })
  }
}
