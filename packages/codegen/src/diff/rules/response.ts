import type { HeaderPair, ResponsePair, Rule } from '../compare/rule.ts'

/** Clients give the answer of any success, so one that is unlike all that there were reaches code that knows none. */
const comesOrGoes: Rule<ResponsePair> = ({ before, after, isSuccess, isKnown, direction }, _, report) => {
  if (before && after) return
  const isSent = direction === 'request'
  if (before && isSuccess) {
    const message = isSent
      ? 'The success status is gone: an answer with it is no longer taken.'
      : 'The success status is gone: code that waits for it, or reads its body, no longer works.'
    report({ bump: 'major', id: 'success-status-removed', message })
  } else if (before) {
    report({ bump: 'minor', id: 'error-status-removed', message: 'The documented error is gone.' })
  } else if (!isSuccess) {
    report({ bump: 'minor', id: 'error-status-added', message: 'A new error status.' })
  } else if (isKnown || isSent) {
    report({ bump: 'minor', id: 'success-status-added', message: 'A new success status.' })
  } else {
    const message =
      'A new success status, with an answer unlike the others: code that reads the answer gets another one.'
    report({ bump: 'major', id: 'success-status-added', message })
  }
}

const linksElsewhere: Rule<ResponsePair> = ({ before, after }, comparison, report) => {
  if (!before || !after) return
  const [was, is] = [Reflect.get(before, 'links'), Reflect.get(after, 'links')]
  if (comparison.before.meaning(was, 'map') === comparison.after.meaning(is, 'map')) return
  report({ bump: 'minor', id: 'links-changed', message: 'Its links to other operations changed.' })
}

/** What differs between two answers with one status, their contents and headers aside. */
export const responseRules: readonly Rule<ResponsePair>[] = [comesOrGoes, linksElsewhere]

const headerComesOrGoes: Rule<HeaderPair> = ({ before, after, isSure }, _, report) => {
  const lossBump = isSure && before?.required ? 'major' : 'minor'
  if (before && !after)
    report({ bump: lossBump, id: 'header-removed', message: 'The header is gone: code that reads it finds none.' })
  if (after && !before) report({ bump: 'minor', id: 'header-added', message: 'A new header.' })
  if (!before || !after) return
  if (before.required && !after.required)
    report({ bump: lossBump, id: 'header-became-optional', message: 'The header may be missing now.' })
  if (!before.required && after.required)
    report({ bump: 'minor', id: 'header-became-required', message: 'The header is always there now.' })
}

const errorHeaderDiffers: Rule<HeaderPair> = ({ before, after, isSure }, comparison, report) => {
  if (!before || !after || isSure) return
  const { required: _, ...was } = before
  const { required: __, ...is } = after
  if (comparison.before.meaning(was) === comparison.after.meaning(is)) return
  report({ bump: 'minor', id: 'header-changed', message: 'The header of an error changed.' })
}

/** What differs between two forms of a header of an answer, the schemas of those aside that code can rely on. */
export const headerRules: readonly Rule<HeaderPair>[] = [headerComesOrGoes, errorHeaderDiffers]
