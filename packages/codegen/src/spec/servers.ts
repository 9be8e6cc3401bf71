import { listOperations, type OpenApiDocument, type OperationEntry } from './document.ts'

/** The base URL an operation is sent to: the first server of the operation, its path, or the document. */
export function serverUrl(
  document: OpenApiDocument,
  { operation, pathItem }: Pick<OperationEntry, 'operation' | 'pathItem'>,
): string {
  const [server] = operation.servers ?? pathItem.servers ?? document.servers ?? []
  const url = (server?.url ?? '/').replace(/\{([^}]+)\}/g, (match, name) => server?.variables?.[name]?.default ?? match)
  return url.replace(/\/+$/, '')
}

/**
 * A short key for each base URL in use, in order of first use: the host's first label (`https://api.example.com` →
 * `api`) or, where two share it, the host, else the whole URL. Partners name servers by it, so it must not change lightly.
 */
export function createServerKeys(document: OpenApiDocument): Map<string, string> {
  const urls = [...new Set(listOperations(document).map((entry) => serverUrl(document, entry)))]
  const parts = urls.map((url) => (URL.canParse(url) ? new URL(url) : undefined))
  const candidates = [
    parts.map((url) => url?.hostname.split('.')[0] ?? 'default'),
    parts.map((url) => url?.host ?? 'default'),
    urls,
  ]
  const keys = candidates.find((names) => new Set(names).size === urls.length) ?? urls
  return new Map(urls.map((url, index) => [url, keys[index] ?? url]))
}
