import { createConfig } from '@redocly/openapi-core'
import { errorRemedies, relatedOperations } from './lint-docs.ts'
import { knownNames } from './lint-names.ts'
import {
  extensionValues,
  knownExtensions,
  namedExamples,
  parameterExamples,
  pathPlaceholders,
  pathServers,
  piiMarks,
} from './lint-rules.ts'
import { noSelfInAllOf, objectEnums, refusedQueries } from './lint-schemas.ts'
import { servedConstructs } from './lint-served.ts'

/** `house`: our own specs, every rule. `vendor`: specs of others, only what generation depends on. */
export const ruleSets = ['vendor', 'house'] as const

/** The rules that a spec has to keep. */
export type RuleSet = (typeof ruleSets)[number]

/** What must hold for types and the table to be right, whoever wrote the spec. */
const vendorRules = {
  struct: 'error',
  'no-unresolved-refs': 'error',
  'operation-operationId-unique': 'error',
  'minimo/extension-values': 'error',
  'minimo/no-self-in-all-of': 'error',
  'minimo/object-enums': 'error',
  'minimo/path-placeholders': 'error',
  'minimo/served-constructs': 'error',
} as const

/** What our own specs promise on top, so that clients, mocks and sandboxes can be made of them. */
const houseRules = {
  ...vendorRules,
  'no-invalid-media-type-examples': { severity: 'error', allowAdditionalProperties: true },
  'no-invalid-parameter-examples': { severity: 'error', allowAdditionalProperties: true },
  'no-invalid-schema-examples': { severity: 'error', allowAdditionalProperties: true },
  'no-unused-components': 'error',
  'operation-operationId': 'error',
  'operation-description': 'error',
  'operation-singular-tag': 'error',
  'operation-tag-defined': 'error',
  'minimo/error-remedies': 'error',
  'minimo/known-extensions': 'error',
  'minimo/known-names': 'error',
  'minimo/named-examples': 'error',
  'minimo/parameter-examples': 'error',
  'minimo/path-servers': 'error',
  'minimo/pii-marks': 'error',
  'minimo/refused-queries': 'error',
  'minimo/related-operations': 'error',
  'rule/operation-has-tag': {
    subject: { type: 'Operation', property: 'tags' },
    assertions: { defined: true, minLength: 1 },
    message: 'Expected `tags` with one tag: it names the client namespace the operation appears under.',
    severity: 'error',
  },
  'rule/operation-declares-401-and-429': {
    // Webhooks are called by the API, and need neither.
    where: [{ subject: { type: 'Paths' }, assertions: { defined: true } }],
    subject: { type: 'Responses' },
    assertions: { required: ['401', '429'] },
    message: 'Expected responses 401 and 429: every operation needs a key and can be rate limited.',
    severity: 'error',
  },
} as const

/** The linter's configuration for a rule set. */
export function createRules(rules: RuleSet) {
  const plugin = {
    id: 'minimo',
    rules: {
      // The linter puts a plugin's name before its rules only for plugins that it loads from a file.
      oas3: {
        'minimo/error-remedies': errorRemedies,
        'minimo/extension-values': extensionValues,
        'minimo/known-extensions': knownExtensions,
        'minimo/known-names': knownNames,
        'minimo/named-examples': namedExamples,
        'minimo/no-self-in-all-of': noSelfInAllOf,
        'minimo/object-enums': objectEnums,
        'minimo/parameter-examples': parameterExamples,
        'minimo/path-placeholders': pathPlaceholders,
        'minimo/path-servers': pathServers,
        'minimo/pii-marks': piiMarks,
        'minimo/refused-queries': refusedQueries,
        'minimo/related-operations': relatedOperations,
        'minimo/served-constructs': servedConstructs,
      },
    },
  }
  return createConfig(rules === 'house' ? { extends: ['recommended'], rules: houseRules } : { rules: vendorRules }, {
    plugins: [plugin],
  })
}
