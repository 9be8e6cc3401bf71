import type { CustomFieldCreate } from '@minimo/api-types'
import { describe, expect, test } from 'vitest'
import { createContext } from '../../test/create-context.ts'
import { eachDatabase } from '../../test/databases.ts'
import { customFieldHandlers } from './custom-fields.ts'
import type { Context } from './handler.ts'

const nickname = { key: 'NICKNAME', displayName: 'Nickname', type: 'text' } as const
const plan = {
  key: 'PLAN',
  displayName: 'Plan',
  type: 'select',
  category: 'Billing',
  options: ['free', 'pro'],
} as const

describe.each(eachDatabase)('%s', (_, createLocation) => {
  test('a key of 255 characters is taken, a longer one refused', async () => {
    const { create } = fieldsOf(await createContext(await createLocation()))
    expect(await create({ ...nickname, key: 'K'.repeat(255) })).toMatchObject({ status: 201 })
    await expect(create({ ...nickname, key: 'K'.repeat(256) })).rejects.toMatchObject({ status: 422 })
  })

  test('fields are listed in the order they were created', async () => {
    const { list, create } = fieldsOf(await createContext(await createLocation()))
    expect(await list()).toEqual({ status: 200, body: { data: [] } })
    const answer = await create(nickname)
    expect(answer).toEqual({
      status: 201,
      body: {
        data: {
          id: 1,
          key: 'NICKNAME',
          displayName: 'Nickname',
          type: 'text',
          category: null,
          visibility: true,
          source: 'Manual',
        },
      },
    })
    const { data } = (await create({ ...plan, options: [...plan.options] })).body
    expect(data).toMatchObject({ id: 2, key: 'PLAN', type: 'select', category: 'Billing', options: plan.options })
    expect(await list()).toEqual({ status: 200, body: { data: [answer.body.data, data] } })
  })

  test('fields are grouped by category, in the order of each category’s first field', async () => {
    const { listGroups, create } = fieldsOf(await createContext(await createLocation()))
    expect(await listGroups()).toEqual({ status: 200, body: { data: { groups: [], total: 0 } } })
    const categories = ['Billing', undefined, 'Address', 'Billing', undefined]
    for (const [index, category] of categories.entries()) {
      await create({ ...nickname, key: `FIELD_${index}`, ...(category !== undefined && { category }) })
    }
    const { data } = (await listGroups()).body
    expect(data).toMatchObject({
      groups: [
        { category: 'Billing', fields: [{ key: 'FIELD_0' }, { key: 'FIELD_3' }] },
        { category: 'uncategorized', fields: [{ key: 'FIELD_1', category: null }, { key: 'FIELD_4' }] },
        { category: 'Address', fields: [{ key: 'FIELD_2' }] },
      ],
      total: 5,
    })
  })

  test('a key is stored in upper case and cannot be given twice', async () => {
    const { list, create } = fieldsOf(await createContext(await createLocation()))
    expect((await create({ ...nickname, key: 'favorite_Color2' })).body.data.key).toBe('FAVORITE_COLOR2')
    await expect(create({ ...nickname, key: 'Favorite_color2' })).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining('FAVORITE_COLOR2 exists already'),
      details: [{ field: 'key' }],
    })
    expect((await list()).body.data).toHaveLength(1)
  })

  test('of creations of one key at the same time one succeeds', async () => {
    const { create } = fieldsOf(await createContext(await createLocation()))
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => create(nickname)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ name: 'Refusal', status: 409 })
    }
  })

  test('a company neither sees the fields of another nor is in the way of their keys', async () => {
    const context = await createContext(await createLocation())
    const other = fieldsOf({ ...context, company: 8 })
    await fieldsOf(context).create(nickname)
    expect((await other.list()).body.data).toEqual([])
    await other.create(nickname)
    expect((await fieldsOf(context).list()).body.data).toHaveLength(1)
  })
})

test.each(['', '1ST', '_A', 'A-B', 'A B', 'CITTÀ', 'straße', 'A\n'])('the key %j is refused', async (key) => {
  const { list, create } = fieldsOf(await createContext())
  await expect(create({ ...nickname, key })).rejects.toMatchObject({
    status: 422,
    message: expect.stringMatching(/^key: expected letters A to Z, digits and underscores/),
    details: [{ field: 'key' }],
  })
  expect((await list()).body.data).toEqual([])
})

test('the choices of a select field are listed with it, those of another type are ignored', async () => {
  const { create, list } = fieldsOf(await createContext())
  await create({ ...plan, options: ['free', 'pro'] })
  await create({ ...nickname, options: ['a'] })
  const [select, text] = (await list()).body.data as { options?: string[] }[]
  expect(select?.options).toEqual(['free', 'pro'])
  expect(text).not.toHaveProperty('options')
})

function fieldsOf(context: Context) {
  const nothing = { path: {}, body: undefined }
  return {
    list: () => customFieldHandlers.listCustomFields({ ...nothing, query: {} }, context),
    listGroups: () => customFieldHandlers.listCustomFields({ ...nothing, query: { groupBy: 'category' } }, context),
    create: (body: CustomFieldCreate) =>
      customFieldHandlers.createCustomField({ ...nothing, query: {}, body }, context),
  }
}
