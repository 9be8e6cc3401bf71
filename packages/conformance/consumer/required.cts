// What a CommonJS file may write, in either spelling.
import client = require('@minimo/client')

import { operations } from '@minimo/api-types'
import { createMinimoClient, isApiError } from '@minimo/client'

import core = require('@minimo/client/core')

export const minimo: client.MinimoClient = createMinimoClient({ apiKey: 'key' })
export const created: Promise<{ id: number }> = minimo.contacts.upsert({ email: 'a@b.it' })
export const isMissing = (error: unknown): boolean => isApiError(error, 404) || error instanceof client.ClientError
export const another = core.createApiClient(operations, { baseUrl: 'https://example.com', apiKey: 'key' })
// @ts-expect-error an id is a number
minimo.contacts.delete('42')
