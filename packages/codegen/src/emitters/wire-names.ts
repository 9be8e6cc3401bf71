import {
  type Content,
  listAllOperations,
  type OpenApiDocument,
  type Operation,
  type Parameter,
} from '../spec/document.ts'
import { canonicalHeader, canonicalMediaType } from '../spec/wire-names.ts'

/** Gives the media types and headers of a document the names that they have on the wire, whatever their spelling. Changes the document. */
export function nameAsOnTheWire(document: OpenApiDocument): void {
  const { parameters = {}, requestBodies = {}, responses = {} } = document.components ?? {}
  const contents = [...Object.values(requestBodies), ...Object.values(responses)] as Content[]
  contents.forEach(renameContent)
  Object.values(parameters as Record<string, Parameter>).forEach(renameHeader)
  for (const { operation, pathItem } of listAllOperations(document)) {
    for (const one of [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])]) renameHeader(one)
    for (const one of messagesOf(operation)) renameContent(one)
  }
}

const messagesOf = ({ requestBody, responses = {} }: Operation): Content[] => [
  ...(requestBody ? [requestBody] : []),
  ...Object.values(responses),
]

function renameHeader(parameter: Parameter): void {
  if (parameter.in === 'header') parameter.name = canonicalHeader(parameter.name)
}

function renameContent(one: Content): void {
  if (one.content) one.content = renameKeys(one.content, canonicalMediaType)
  if (one.headers) one.headers = renameKeys(one.headers, canonicalHeader)
}

/** Of two names that are one, the first keeps it. */
const renameKeys = <T>(map: Record<string, T>, rename: (name: string) => string): Record<string, T> =>
  Object.fromEntries(
    Object.entries(map)
      .reverse()
      .map(([name, value]) => [rename(name), value] as const)
      .reverse(),
  )
