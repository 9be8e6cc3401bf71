import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type Csv, createRejects, openCsv, readRows } from './csv.ts'

const cell = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', 'a;b', 'a,b', '"', '"a"', 'a\nb', 'a\r\nb', '\t', ' a '),
)
// What is empty altogether is no row.
const row = fc.tuple(fc.constantFrom('anna@example.com', 'x'), cell, cell)

const rowsOf = async (...args: Parameters<typeof openCsv>) => {
  const csv = openCsv(...args)
  const rows: (readonly string[])[] = []
  for await (const cells of readRows(csv)) rows.push(cells)
  return { csv, rows }
}

function writeRejects(csv: Csv, rows: readonly (readonly string[])[]): string {
  const rejects = createRejects(csv)
  for (const cells of rows) rejects.write(cells)
  return rejects.close() ?? ''
}

it('whatever a spreadsheet writes is read as it was, with its delimiter found, and so is what is written of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'csv-test-'))
  const file = join(folder, 'contacts.csv')
  const dialect = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    bom: fc.boolean(),
    quoted: fc.boolean(),
  })
  const property = fc.asyncProperty(fc.array(row, { minLength: 1 }), dialect, async (cells, given) => {
    const header = ['E-Mail', 'Note, short', 'Note; long']
    writeFileSync(file, stringify([header, ...cells], { ...given, record_delimiter: 'windows' }))
    const { csv, rows } = await rowsOf(file, header, {})
    expect(csv.delimiter).toBe(given.delimiter)
    expect(rows).toEqual(cells)
    const rejects = writeRejects(
      csv,
      rows.map((cells) => ['a reason; why', ...cells]),
    )
    const read = await rowsOf(rejects, header, { encoding: 'latin1' })
    expect(read.rows).toEqual(cells.map((cells) => ['a reason; why', ...cells]))
    const again = writeRejects(
      read.csv,
      read.rows.map(([, ...cells]) => ['another', 'a reason; why', ...cells]),
    )
    expect((await rowsOf(again, header, {})).rows).toEqual(cells.map((cells) => ['another', ...cells]))
  })
  await fc.assert(property, { numRuns: 100 })
  rmSync(folder, { recursive: true })
})

it('tells which columns it looked for, and which there are', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'csv-test-')), 'contacts.csv')
  writeFileSync(file, 'email|name\n')
  expect(() => openCsv(file, ['E-Mail', 'name'], {})).toThrow(
    'expected the columns E-Mail, once each; found email, name',
  )
  writeFileSync(file, 'E-Mail;name;E-Mail\n')
  expect(() => openCsv(file, ['E-Mail'], {})).toThrow('columns E-Mail, once each; found E-Mail, name, E-Mail')
  writeFileSync(file, '')
  expect(() => openCsv(file, ['E-Mail'], {})).toThrow('found nothing')
})

it('holds no rejected row in memory', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'csv-test-')), 'contacts.csv')
  const rejects = createRejects({ file, encoding: 'utf-8', delimiter: ',', header: ['E-Mail'] })
  rejects.write(['a reason', 'nobody'])
  const part = file.replace('.csv', '.rejects.csv.part')
  expect(readFileSync(part, 'utf8')).toBe('\ufeffRejected because,E-Mail\na reason,nobody\n')
})

it('takes only what it can read twice', () => {
  expect(() => openCsv(tmpdir(), [], {})).toThrow(
    `${tmpdir()}: expected a file to read twice; found a folder or a pipe`,
  )
  expect(() => openCsv('nowhere.csv', [], {})).toThrow('nowhere.csv: expected a file to read twice; found none')
})

it('does not read the rest of the file into memory for a quote that nobody closes', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'csv-test-')), 'contacts.csv')
  writeFileSync(file, `E-Mail\n"${'anna@example.com\n'.repeat(2 ** 20)}`)
  await expect(rowsOf(file, ['E-Mail'], {})).rejects.toThrow('Max Record Size')
})
