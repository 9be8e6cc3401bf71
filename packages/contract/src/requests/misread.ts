import { listOperations, listParameters, type OpenApiDocument, resolve } from 'codegen/document'
import type { MadeInput } from './make-input.ts'
import { isForm } from './narrow-document.ts'

/**
 * Makes what tells whether Prism misreads a request, so that its complaint says nothing. It fills in each object in
 * brackets that was left out, and reads of one no empty value or list; a text of no length in a query or header it takes
 * for none, and so a body that is `null`; of forms it reads no lists, no objects in lists, no JSON in a part, no part whose
 * name is more than a word, and nothing that is described as no object; and of placeholders with nothing between them it
 * gives all to the first.
 */
export function createMisreadCheck(document: OpenApiDocument): (id: string, input: MadeInput) => boolean {
  const misread = new Set(
    listOperations(document).flatMap((entry) =>
      entry.path.includes('}{') || usesBrackets(document, entry) ? [entry.id] : [],
    ),
  )
  return (id, { query, header, body, contentType }) =>
    misread.has(id) ||
    body === null ||
    [query, header].some((values) => Object.values(values).includes('')) ||
    body instanceof URLSearchParams ||
    body instanceof FormData ||
    Object.values(query).some(isDeep) ||
    (isForm(contentType) &&
      isObject(body) &&
      Object.entries(body).some(
        ([name, value]) =>
          Array.isArray(value) || isDeep(value) || (isParts(contentType) && (isObject(value) || /[^\w-]/.test(name))),
      ))
}

const isParts = (type = '') => type.startsWith('multipart/')

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
