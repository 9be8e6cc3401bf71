/** How programs in TypeScript call an API, and what programs in any language read its key from. */
export interface SampleClient {
  /** The package that the client is imported from, such as `@minimo/client`. */
  package: string
  /** The function that makes a client, such as `createMinimoClient`. */
  factory: string
  /** What programs call the client, such as `minimo`. */
  variable: string
  /**
   * The methods of a hand-written client by operationId; the first of each is called, with the values of the path, then
   * the body. Such a client reads its key from the environment by itself. Default: `call` with the operationId.
   */
  methods?: Readonly<Record<string, readonly string[]>>
  /** What the names of environment variables begin with, as in `MINIMO_API_KEY`. Default: from the package's name. */
  environment?: string
  /** Where the API is, if its description names no server by a whole URL. Default: then there are no samples. */
  baseUrl?: string
}

/** The start of the names of environment variables. */
export const prefixOf = ({ environment, package: name }: SampleClient): string =>
  environment ?? screaming(/^@([^/]+)\//.exec(name)?.[1] ?? name)

/** `queryKey` as `QUERY_KEY`: a name that every shell takes for a variable. */
export const screaming = (name: string): string =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(?=\d)/, '_')
    .toUpperCase()
