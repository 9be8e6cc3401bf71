import { createSampler, type SampledRequest } from '../samples/list-samples.ts'
import type { SampleClient } from '../samples/sample-client.ts'
import {
  type Content,
  type Link,
  listOperations,
  type OpenApiDocument,
  type OperationEntry,
  resolve,
} from '../spec/document.ts'
import { createBodyDataFinder, createPersonalDataFinder } from '../spec/personal-data.ts'
import { tokensOf } from '../spec/pointer.ts'
import { linkOperations, listPlaces, type Place, type Places } from './page-places.ts'
import { createReader, type Reader } from './read-markdown.ts'
import { createViews, type Views } from './schema-view.ts'

/** A link of an operation's answer to an operation. */
export interface Lead {
  from: string
  to: string
  link: Link
}

/** What the pages of a document have in common. */
export interface Site {
  document: OpenApiDocument
  /** How programs call the API; none where no client of its is known. */
  client?: SampleClient
  places: Places
  /** Reads texts; on a page, the operations that they name are links to their pages. */
  reader: Reader
  views: Views
  leads: readonly Lead[]
  /** The programs that call an operation. */
  samplesOf(entry: OperationEntry): SampledRequest[]
  /** Where requests of an operation carry personal data, as `path.email`. */
  personalDataOf(entry: OperationEntry): string[]
  /** Where a body carries it, as `body.email`. */
  personalDataIn(content: Content | undefined): string[]
}

/** A page, and what it has in common with others. */
export interface Page extends Site {
  entry: OperationEntry
  /** Where it stands, relative to the section's folder. */
  file: string
}

/** Makes what the pages of a document have in common. */
export function createSite(document: OpenApiDocument, client?: SampleClient): Site {
  const reader = createReader()
  return {
    document,
    ...(client && { client }),
    places: listPlaces(document, reader),
    reader,
    views: createViews(document),
    leads: listOperations(document).flatMap((entry) => listLeads(document, entry)),
    samplesOf: client ? createSampler(document, client) : () => [],
    personalDataOf: createPersonalDataFinder(document),
    personalDataIn: createBodyDataFinder(document),
  }
}

/** A page of a site. */
export const pageAt = (site: Site, { entry, file }: Pick<Place, 'entry' | 'file'>): Page => ({
  ...site,
  entry,
  file,
  reader: { ...site.reader, rewrite: linkOperations(site.places, file) },
})

function listLeads(document: OpenApiDocument, { id, operation }: OperationEntry): Lead[] {
  return Object.values(operation.responses ?? {}).flatMap((response) =>
    Object.values(resolve(document, response).links ?? {}).flatMap((given) => {
      const link = resolve(document, given)
      const to = link.operationId ?? findByReference(document, link.operationRef ?? '')
      return to === undefined ? [] : [{ from: id, to, link }]
    }),
  )
}

/** The id of the operation that a reference such as `#/paths/~1pets/get` leads to. */
function findByReference(document: OpenApiDocument, ref: string): string | undefined {
  if (!ref.startsWith('#/paths/')) return undefined
  const [, path, method] = tokensOf(ref)
  return listOperations(document).find((entry) => entry.path === path && entry.method === method)?.id
}
