import type { OpenApiDocument } from './document.ts'
import type { RuleSet } from './rules.ts'

/** A file an emitter asks for; `path` is relative to the config file's folder. */
export interface GeneratedFile {
  path: string
  text: string
  /** The ids of the operations in it, where it is the table. */
  operationIds?: readonly string[]
}

/** Something that people write for each operation. */
export interface HandWritten {
  /** The folder it stands in, relative to the config file's folder. */
  path: string
  /** What it is, such as `a method, in the file of its tag`. */
  what: string
}

/** What an emitter may tell about the document's origin. */
export interface EmitterContext {
  /** The spec's path as people know it, e.g. `openapi/minimo.yaml`. */
  source: string
}

/** Turns a bundled document into files. Pure: the same document gives the same bytes. */
export type Emitter = (document: OpenApiDocument, context: EmitterContext) => GeneratedFile[] | Promise<GeneratedFile[]>

/** One spec and what is generated from it. */
export interface SpecConfig {
  /** What the API is called where there are several, such as `minimo`: short, kebab-case, and once per config. */
  name: string
  /** Path of the OpenAPI document, relative to the config file's folder. */
  source: string
  /** `house`: our own specs, every rule. `vendor`: specs of others, only what generation depends on. */
  rules: RuleSet
  emitters: Emitter[]
  /**
   * The module that tells which methods of a hand-written client call each operation, relative to the config file's
   * folder: `export const methods = { updateContactById: ['contacts.update'] }`. It is imported as it stands, so what it
   * imports must need no build. Changes are told by these methods; default: by operationId.
   */
  methods?: string
  /** What people write for each operation; told by `generate` when operations come or go. Default: nothing. */
  byHand?: readonly HandWritten[]
}
