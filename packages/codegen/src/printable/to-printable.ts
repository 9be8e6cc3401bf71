import type { OpenApiDocument } from '../spec/document.ts'
import { splitDirections } from './directions.ts'
import { applyDiscriminators } from './discriminators.ts'
import { nameReferences } from './references.ts'
import { simplifySchemas } from './simplify.ts'

/**
 * Makes a document say what it says in such words as openapi-typescript types rightly: references to components alone,
 * objects that are open where they say nothing, discriminators as values, a form of each schema for the direction it
 * goes. Changes the document.
 */
export function toPrintable(document: OpenApiDocument): void {
  nameReferences(document)
  simplifySchemas(document)
  applyDiscriminators(document)
  splitDirections(document)
}
