import { type OperationId, operations } from '@minimo/api-types'
import { expect, it } from 'vitest'
import { createRouter } from './router.ts'

const { find, allow } = createRouter<OperationId>(operations)

it('a path parameter stays encoded', () => {
  expect(find('GET', '/public/v1/contacts/by-email/a%40b.it')).toEqual({
    operation: 'getContactByEmail',
    path: { email: 'a%40b.it' },
  })
})

it('a fixed segment wins over a parameter, wherever it stands in the table', () => {
  const { find: route } = createRouter({
    one: { method: 'GET', path: '/a/{id}' },
    all: { method: 'GET', path: '/a/all' },
  })
  expect(route('GET', '/a/all').operation).toBe('all')
  expect(route('GET', '/a/1').operation).toBe('one')
})

it('a method that only the path with the parameter has is found there', () => {
  const { find: route } = createRouter({
    one: { method: 'PUT', path: '/a/{id}' },
    all: { method: 'GET', path: '/a/all' },
  })
  expect(route('PUT', '/a/all')).toEqual({ operation: 'one', path: { id: 'all' } })
})

it.each(['HEAD', 'PATCH', 'get'])('%s is not allowed on a known path', (method) => {
  expect(() => find(method, '/public/v1/contacts/1')).toThrowError(
    expect.objectContaining({ status: 405, code: 'method_not_allowed', headers: { allow: 'PUT, DELETE, OPTIONS' } }),
  )
})

it.each(['/', '', '/public/v1/contacts/', '/public/v1/contacts/by-email/', '/public/v1/emails//stats', '*', '/../x'])(
  'nothing is at %j',
  (path) => {
    expect(() => find('GET', path)).toThrowError(expect.objectContaining({ status: 404 }))
  },
)

it('a path that is not known is answered with the nearest ones, without repeating it', () => {
  expect(() => find('GET', '/public/v1/contacts/by-mail/anna@example.com')).toThrowError(
    /^No operation answers GET at this path\. The nearest: GET \/public\/v1\/contacts\/by-email\/\{email\}/,
  )
  expect(() => find('GET', '/anna@example.com')).not.toThrowError(/anna/)
})

it('HEAD goes where GET goes', () => {
  expect(find('HEAD', '/public/v1/custom-fields')).toEqual(find('GET', '/public/v1/custom-fields'))
})

it('a path says which methods it takes, and * which there are at all', () => {
  expect(allow('/public/v1/custom-fields')).toBe('GET, HEAD, POST, OPTIONS')
  expect(allow('*').split(', ').sort()).toEqual(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'])
  expect(() => allow('/nowhere')).toThrowError(expect.objectContaining({ status: 404 }))
})
