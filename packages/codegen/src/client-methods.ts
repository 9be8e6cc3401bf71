/** Source texts of a hand-written client, by what they hold. */
export interface ClientSources {
  /** The file that puts the resources under their namespaces: `contacts: createContacts(client.call)`. */
  client: string
  /** The files of the resources; each method's doc comment names its operation: ``@see Operation `updateContactById` ``. */
  resources: readonly string[]
}

/** The methods that call each operation, such as `contacts.update`, by operationId. */
export type ClientMethods = Readonly<Record<string, readonly string[]>>

/** Reads which methods of a client call which operation. The client's own tests hold its doc comments to the table. */
export function findClientMethods({ client, resources }: ClientSources): ClientMethods {
  const namespaces = new Map<string, string>()
  for (const [, namespace = '', create = ''] of client.matchAll(/^\s*(\w+): (create\w+)\b/gm)) {
    namespaces.set(create, namespace)
  }
  const methods: Record<string, string[]> = {}
  for (const source of resources) {
    const [, create = ''] = /^export function (create\w+)/m.exec(source) ?? []
    const namespace = namespaces.get(create)
    if (namespace === undefined) continue
    for (const [, id = '', method] of source.matchAll(/@see Operation `([^`]+)`(?:(?!\*\/)[\s\S])*\*\/\s*(\w+)\(/g)) {
      methods[id] = [...(methods[id] ?? []), `${namespace}.${method}`]
    }
  }
  return methods
}
