import { readFileSync } from 'node:fs'
import { operations } from '@minimo/api-types'
import { expect, it } from 'vitest'
import type { OperationRow } from '../src/core/call.ts'
import * as client from '../src/index.ts'
import { methods } from '../src/resources/methods.ts'

const skill = readFileSync(new URL('../SKILL.md', import.meta.url), 'utf8')
const spec = readFileSync(new URL('../../../openapi/minimo.yaml', import.meta.url), 'utf8')
const rows = operations as object as Record<string, OperationRow>

it('the skill begins with its name and what it is for', () => {
  expect(skill).toMatch(/^---\nname: [a-z-]+\ndescription: .{40,400}\n---\n/)
})

it.each(Object.entries(methods))('the skill lists %s with its methods, and whether it may be repeated', (id, names) => {
  const cells = new RegExp(`^\\| \`${id}\` .*`, 'm').exec(skill)?.[0].split('|') ?? []
  expect([...(cells[2] ?? '').matchAll(/`([\w.]+)\(/g)].map(([, name]) => name)).toEqual(names)
  expect(cells[3]?.trim()).toBe(rows[id]?.retry === 'safe' ? 'yes' : 'no')
})

it('the skill lists no other operation', () => {
  expect([...skill.matchAll(/^\| `(\w+)`/gm)].map(([, id]) => id).sort()).toEqual(Object.keys(rows).sort())
})

it('the rule on what is not repeated names just the methods of such operations', () => {
  const rule = /^6\. .*/m.exec(skill)?.[0] ?? ''
  const never = Object.entries(methods).flatMap(([id, names]) => (rows[id]?.retry === 'never' ? [...names] : []))
  expect([...rule.matchAll(/`([\w.]+)`/g)].map(([, name]) => name ?? '').sort()).toEqual(never.sort())
})

it('each name in the rules is one of the description or of the client', () => {
  const rules = skill.slice(skill.indexOf('## Rules'), skill.indexOf('## Methods'))
  const paths = [...rules.matchAll(/`([a-z]\w*(?:\.\w+)*)[`(]/g)].map(([, name = '']) => name)
  const known = new Set([...Object.values(methods).flat(), ...Object.keys(client)])
  const isField = (name: string) => [name, camelToSnake(name)].some((one) => new RegExp(`\\b${one}\\b`).test(spec))
  const isError = (name: string) =>
    name.startsWith('error.') && /^(?:status|code|message|requestId|body)$/.test(name.slice(6))
  const isOption = (name: string) => /^(?:strict|createSandbox|demoKey|dangerouslyAllowBrowser)$/.test(name)
  const unknown = paths.filter((name) => !(known.has(name) || isField(name) || isError(name) || isOption(name)))
  expect(unknown).toEqual([])
})

const camelToSnake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
