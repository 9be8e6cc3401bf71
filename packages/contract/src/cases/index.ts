import type { Case } from '../case.ts'
import { commonCases } from './common.ts'
import { contactCases } from './contacts.ts'
import { customFieldCases } from './custom-fields.ts'
import { messageCases } from './messages.ts'

/** Every case, all operations. */
export const cases: Case[] = [...contactCases, ...customFieldCases, ...messageCases, ...commonCases]
