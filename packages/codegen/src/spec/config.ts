import type { OpenApiDocument } from './document.ts'
import type { RuleSet } from './rules.ts'

/** A file an emitter asks for; `path` is relative to the config file's folder. */
export interface GeneratedFile {
  path: string
  text: string
  /** The ids of the operations in it, where it is the table. */
  operationIds?: readonly string[]
  /** The folder whose generated files are its emitter's: one that is no longer generated is to go. Default: none. */
  folder?: string
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

/** What a check finds in a spec, and is taken as it is: in a spec of others, which is not ours to mend. */
export interface AcceptedFinding {
  /** The rule that finds it, as messages name it, such as `struct`. */
  rule: string
  /**
   * The part of the spec that it is accepted in, as a JSON pointer such as `#/paths/~1pets/get`, with the end of the
   * file's path before it where the spec has several. Default: all of it.
   */
  at?: string
  /** Why it may stay, for whoever reads the config. */
  reason: string
}

/** One spec and what is generated from it. */
export interface SpecConfig {
  /** What the API is called where there are several, such as `minimo`: short, kebab-case, and once per config. */
  name: string
  /** Path of the OpenAPI document, relative to the config file's folder. */
  source: string
  /** `house`: our own specs, every rule. `vendor`: specs of others, only what generation depends on. */
  rules: RuleSet
  /**
   * What the spec may refer to outside of its own files: URLs such as `https://schemas.example.com/`, and files or
   * folders, relative to the config file's folder. With `vendor`, its own are those of its folder; with `house`, all of
   * the repository. Default: nothing; what is not allowed is never read or fetched.
   */
  allow?: readonly string[]
  /** Findings that do not stop generation. One that nothing is found for any more is told. Default: none. */
  accept?: readonly AcceptedFinding[]
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
