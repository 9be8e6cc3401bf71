import { fileURLToPath } from 'node:url'
import type { Case, Violation } from '../../src/case.ts'
import { createCommonCases } from '../../src/cases/common.ts'
import { readSpec } from '../../src/spec.ts'
import type { OperationId } from './src/gen/index.ts'

type LegacyCase = Case<OperationId, never>

/** A request that each operation accepts, how its success is named, and the name of its answer to it. */
const accepted: Record<OperationId, { request: LegacyCase['request']; status: number; example: string }> = {
  upsertContact: { request: { example: 'withTags' }, status: 200, example: 'written' },
  listCustomFields: { request: {}, status: 200, example: 'fields' },
  createCustomField: { request: { example: 'textField' }, status: 201, example: 'created' },
  sendWhatsAppTemplate: { request: { example: 'welcome' }, status: 200, example: 'accepted' },
  sendEmailTemplate: { request: { example: 'withCustomFields' }, status: 200, example: 'accepted' },
  getTransactionalStats: { request: { path: { id: 7 } }, status: 200, example: 'totals' },
}

const successes = Object.entries(accepted).map(([id, { request, status, example }]): LegacyCase => {
  // Sound: the table has these keys and no others.
  return { operation: id as OperationId, name: 'succeeds', request, expect: { status, example } }
})

const failed = (operation: OperationId, status: number, [example, code]: [string, string]): LegacyCase => ({
  operation,
  name: `refuses with ${status} ${code}`,
  request: accepted[operation].request,
  expect: { status, example, code },
})

/** The bundled spec of the legacy API. */
export const specFile = fileURLToPath(new URL('openapi.yaml', import.meta.url))

/** Where the cases stand. */
export const casesFolder = 'packages/contract/test/legacy'

/** Every case of the legacy API. */
export const cases: (LegacyCase | Case<string, never>)[] = [
  ...successes,
  ...createCommonCases(readSpec(specFile)),
  {
    operation: 'upsertContact',
    name: 'takes custom fields',
    request: { example: 'withCustomFields' },
    expect: { status: 200, example: 'written' },
  },
  failed('upsertContact', 422, ['validationError', 'validation_error']),
  failed('createCustomField', 409, ['duplicateKey', 'duplicate_resource']),
  failed('createCustomField', 422, ['validationError', 'validation_error']),
  failed('sendWhatsAppTemplate', 422, ['templateNotApproved', 'template_not_approved']),
  failed('sendEmailTemplate', 422, ['templateNotFound', 'template_not_found']),
  failed('getTransactionalStats', 404, ['unknownTemplate', 'not_found']),
]

/** Requests that the legacy spec does not allow; the first two are how today's spec has it. */
export const violations: Violation<OperationId>[] = [
  {
    operation: 'createCustomField',
    name: 'takes no displayName',
    request: { body: { key: 'PLAN', displayName: 'Plan', type: 'text' } },
    expect: { status: 422 },
  },
  {
    operation: 'sendEmailTemplate',
    name: 'takes no templateId',
    request: { body: { templateId: 'tmpl_42', recipient: 'anna@example.com' } },
    expect: { status: 422 },
  },
  {
    operation: 'listCustomFields',
    name: 'needs a key',
    request: {},
    headers: { authorization: null },
    expect: { status: 401 },
  },
]
