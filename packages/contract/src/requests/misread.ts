import { listOperations, listParameters, type OpenApiDocument, resolve } from 'codegen/document'
import { isForm, type MadeInput } from './make-input.ts'

/**
 * Makes what tells whether Prism misreads a request, so that its complaint says nothing. It fills in each object in
 * brackets that was left out, and reads of one no empty value or list; of forms it reads no lists, and no objects in
 * lists; an element of a list in a query it knows by its text alone.
 */
export function createMisreadCheck(document: OpenApiDocument): (id: string, input: MadeInput) => boolean {
  const inBrackets = new Set(
    listOperations(document).flatMap((entry) => (usesBrackets(document, entry) ? [entry.id] : [])),
  )
  return (id, { query, body, contentType }) =>
    inBrackets.has(id) ||
    Object.values(query).some(isDeep) ||
    (isForm(contentType) &&
      isObject(body) &&
      Object.values(body).some((value) => Array.isArray(value) || isDeep(value)))
}

function usesBrackets(document: OpenApiDocument, entry: ReturnType<typeof listOperations>[number]): boolean {
  const { requestBody } = entry.operation
  const encodings = Object.values((requestBody && resolve(document, requestBody).content) ?? {}).flatMap(
    ({ encoding = {} }) => Object.values(encoding),
  )
  return [...listParameters(document, entry), ...encodings].some(({ style }) => style === 'deepObject')
}

const isEmpty = (value: unknown) => value === null || (isObject(value) && Object.keys(value).length === 0)

const isDeep = (value: unknown) =>
  isEmpty(value) || (isObject(value) && Object.values(value).some((below) => isObject(below) || isEmpty(below)))

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !(value instanceof Blob)
