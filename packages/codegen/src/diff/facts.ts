import { findResponseEnums } from '../open-enums.ts'
import type { FindChanges } from './change.ts'
import { findErrorCodes } from './facts/document-facts.ts'
import { findValueCodes } from './facts/error-code-facts.ts'
import type { Finding } from './facts/finding.ts'
import { matchOperations } from './facts/match-operations.ts'
import { findMessageFacts } from './facts/message-facts.ts'
import { findTurnedEnums } from './facts/openness-facts.ts'
import { findOperationFacts, findPersonalDataMarks } from './facts/operation-facts.ts'
import { findReplacedSchemas, findSchemaNames } from './facts/schema-name-facts.ts'
import { findSecurityChanges } from './facts/security-facts.ts'
import { findServerChange, findServerKeys } from './facts/server-facts.ts'
import { createFingerprints } from './fingerprint.ts'

/**
 * Our own checks: where calls go, how they identify themselves, what things are called, what the table of operations
 * tells clients, and what bodies and parameters hold, for oasdiff does not reach everywhere.
 */
export const findFacts: FindChanges = (pair) => {
  const { before, after } = createFingerprints(pair)
  const context = {
    before: { document: pair.before, part: before.part },
    after: { document: pair.after, part: after.part },
    openEnums: findResponseEnums(pair.before),
    openEnumsNow: findResponseEnums(pair.after),
  }
  const findings: Finding[] = [
    ...findServerKeys(pair),
    ...findErrorCodes(pair),
    ...findSchemaNames(pair, before, after),
    ...findReplacedSchemas(pair, before, after),
    ...matchOperations(pair).flatMap((match) => {
      const [was, is] = [before.operations.get(match.before.id), after.operations.get(match.after.id)]
      const marks = [
        ...(was?.request === is?.request ? findPersonalDataMarks(pair, match) : []),
        ...(was?.words === is?.words ? [] : findValueCodes(context, match)),
        ...findTurnedEnums(context, match),
      ]
      if (was?.meaning === is?.meaning) return marks
      return [
        ...findServerChange(pair, match),
        ...findSecurityChanges(pair, match),
        ...findOperationFacts(match),
        ...findMessageFacts(context, match),
        ...marks,
      ]
    }),
  ]
  return findings.map((finding) => ({ ...finding, opinion: 'facts' }))
}
