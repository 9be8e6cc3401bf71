import type { Case } from '../case.ts'
import { readSpec, specFile } from '../spec.ts'
import { createCommonCases } from './common.ts'
import { contactCases } from './contacts.ts'
import { customFieldCases } from './custom-fields.ts'
import { messageCases } from './messages.ts'

/** Where the cases stand. */
export const casesFolder = 'packages/contract/src/cases'

/** Every case, all operations. */
export const cases: (Case | Case<string, never>)[] = [
  ...contactCases,
  ...customFieldCases,
  ...messageCases,
  ...createCommonCases(readSpec(specFile)),
]
