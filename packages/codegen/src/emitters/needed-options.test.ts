import { expect, test } from 'vitest'
import { listNeededOptions } from './needed-options.ts'

test.each<[string, Parameters<typeof listNeededOptions>[0], string[]]>([
  ['plain rows', [{}, { security: [] }], []],
  ['a body', [{}, { body: ['text/csv'] }], ['writeBody']],
  ['a form', [{ body: ['application/json', 'multipart/form-data'] }], ['writeBody', 'writeForm']],
  ['a form in the encoding of URLs', [{ body: ['application/x-www-form-urlencoded'] }], ['writeBody', 'writeForm']],
  ['an answer', [{ answer: ['text/csv'] }], ['readAnswer']],
  ['styles', [{ styles: {} }], ['writeParameters']],
  ['security', [{ security: [['key']] }], ['authenticate']],
])('the options that %s needs are told', (_, rows, want) => {
  expect(listNeededOptions(rows)).toEqual(want)
})
