import { pathToFileURL } from 'node:url'
import { UserError } from '../user-error.ts'

/** The methods of a client that call each operation, such as `contacts.update`, by operationId. */
export type ClientMethods = Readonly<Record<string, readonly string[]>>

/** Reads the methods of a client from the module that exports them as `methods`. Throws `UserError` where it does not. */
export async function readClientMethods(file: string): Promise<ClientMethods> {
  const { methods } = await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw new UserError(`${file}: expected the module of the client's methods, which cannot be imported: ${cause}.`)
  })
  if (isMethods(methods)) return methods
  const example = "export const methods = { updateContactById: ['contacts.update'] }"
  throw new UserError(
    `${file}: expected lists of methods by operationId, such as "${example}"; it exports no such thing.`,
  )
}

const isMethods = (value: unknown): value is ClientMethods =>
  typeof value === 'object' && value !== null && Object.values(value).every(isList)

const isList = (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === 'string')
