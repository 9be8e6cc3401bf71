import type { MediaTypePair, Rule } from '../compare/rule.ts'

const comesOrGoes: Rule<MediaTypePair> = ({ before, after, type, direction }, _, report) => {
  if (before && after) return
  const isRequest = direction === 'request'
  if (before) {
    const message = isRequest
      ? `It is no longer taken as \`${type}\`: code that sends that is refused.`
      : `It no longer comes as \`${type}\`: code that reads that gets something else.`
    report({ bump: 'major', id: 'media-type-removed', message })
  } else {
    report({
      bump: 'minor',
      id: 'media-type-added',
      message: `It ${isRequest ? 'is taken' : 'comes'} as \`${type}\` too.`,
    })
  }
}

const isEncodedOtherwise: Rule<MediaTypePair> = ({ before, after, type }, comparison, report) => {
  if (!before || !after) return
  const [was, is] = [comparison.before.meaning(before.encoding, 'map'), comparison.after.meaning(after.encoding, 'map')]
  if (was === is) return
  const message = `\`encoding\` of \`${type}\` changed: its parts travel in another form.`
  report({ bump: 'major', id: 'encoding-changed', message })
}

/** What differs between two media types of one body or parameter, their schemas aside. */
export const contentRules: readonly Rule<MediaTypePair>[] = [comesOrGoes, isEncodedOtherwise]
