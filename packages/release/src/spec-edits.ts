import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from 'yaml'

/** A change to the API's description, and what it must come to. */
export interface SpecEdit {
  bump: 'major' | 'minor' | 'patch'
  /** What it does, in a few words. */
  what: string
  /** The operation that it changes for partners, and the property of its request or response. */
  operationId: string
  property: string
  /** The client's method for it. */
  method: string
  /** The version that it must become when it is released after the one before it. */
  version: string
  /** Where the description is changed. */
  path: readonly string[]
  value: unknown
}

/** The description, from the root of the workspace. */
export const specFile = 'openapi/minimo.yaml'

const schemas = ['components', 'schemas']
const messageId = [...schemas, 'EmailSent', 'properties', 'messageId']

/** One edit of each kind, in the order in which they are released after 1.0.0. */
export const specEdits: Readonly<Record<SpecEdit['bump'], SpecEdit>> = {
  patch: {
    bump: 'patch',
    what: 'other words for messageId',
    operationId: 'sendEmail',
    method: 'emails.send',
    property: 'messageId',
    version: '1.0.1',
    path: [...messageId, 'description'],
    value: 'The id of the message that went out, as mail servers know it.',
  },
  minor: {
    bump: 'minor',
    what: 'an email may have a replyTo',
    operationId: 'sendEmail',
    method: 'emails.send',
    property: 'replyTo',
    version: '1.1.0',
    path: [...schemas, 'EmailMessage', 'properties', 'replyTo'],
    value: { type: 'string', format: 'email', description: 'The email that answers go to.', 'x-pii': true },
  },
  major: {
    bump: 'major',
    what: 'messageId may be null',
    operationId: 'sendEmail',
    method: 'emails.send',
    property: 'messageId',
    version: '2.0.0',
    path: [...messageId, 'type'],
    value: ['string', 'null'],
  },
}

/** Makes an edit in a workspace's description. Throws where that has no place for it. */
export async function applyEdit(folder: string, { path, value }: SpecEdit): Promise<void> {
  const file = join(folder, specFile)
  const document = parseDocument(await readFile(file, 'utf8'))
  if (!document.hasIn(path.slice(0, -1))) {
    throw new Error(`${specFile} has no ${path.slice(0, -1).join('.')} to edit: choose another place in spec-edits.ts.`)
  }
  document.setIn(path, document.createNode(value))
  await writeFile(file, document.toString({ lineWidth: 0 }))
}
