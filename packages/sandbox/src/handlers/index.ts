import type { OperationId } from '@minimo/api-types'
import { contactHandlers } from './contacts.ts'
import { customFieldHandlers } from './custom-fields.ts'
import { emailTemplateHandlers } from './email-templates.ts'
import { emailHandlers } from './emails.ts'
import type { Handlers } from './handler.ts'
import { transactionalHandlers } from './transactionals.ts'
import { whatsappHandlers } from './whatsapp.ts'

const written = {
  ...contactHandlers,
  ...customFieldHandlers,
  ...whatsappHandlers,
  ...emailHandlers,
  ...emailTemplateHandlers,
  ...transactionalHandlers,
}

type Missing = Exclude<OperationId, keyof typeof written>

/** What the compiler tells whoever has added an operation to the spec. */
type Finding = [Missing] extends [never]
  ? 'every operation has a handler'
  : `${Missing} has none: write it in packages/sandbox/src/handlers, in the file of its tag, and list a new file in index.ts`

type Complete<_Finding extends 'every operation has a handler'> = Handlers

/** The handler of every operation of the API. */
// Sound because it compiles only where none is missing.
export const handlers = written as Complete<Finding>
