import { closeSync, createReadStream, openSync, readSync, renameSync, statSync, writeSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse'
import { parse as parseWhole } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'

/** A CSV file and how it is written; `encoding` as `TextDecoder` takes it. */
export type Csv = { file: string; encoding: string; delimiter: string; header: readonly string[] }

// A quote that nobody closes shall not fill the memory with the rest of the file.
const rules = { relax_column_count: true, skip_records_with_empty_values: true, max_record_size: 2 ** 24 }

/** Finds the delimiter: what separates these columns. Throws where the file cannot be read or has not all of them. */
export function openCsv(file: string | undefined, columns: readonly string[], given: Partial<Csv>): Csv {
  const about = statSync(file ?? '', { throwIfNoEntry: false })
  const found = about ? 'a folder or a pipe' : 'none'
  if (!file || !about?.isFile()) throw new Error(`${file || 'FILE.csv'}: expected a file to read twice; found ${found}`)
  const start = Buffer.alloc(2 ** 16)
  const head = start.subarray(0, readSync(openSync(file, 'r'), start))
  const marked = (['utf-8', 'utf-16le'] as const).find((name) => head.indexOf('\ufeff', 0, name) === 0)
  const encoding = marked ?? given.encoding ?? 'utf-8'
  const text = new TextDecoder(encoding).decode(head)
  const candidates = (given.delimiter ? [given.delimiter] : [',', ';', '\t', '|']).map((delimiter) => {
    const [header = []]: string[][] = parseWhole(text, { ...rules, relax_quotes: true, delimiter, to: 1 })
    return {
      file,
      encoding,
      delimiter,
      header,
      missing: columns.filter((name) => header.filter((column) => column === name).length !== 1),
    }
  })
  const [best] = candidates.sort((a, b) => a.missing.length - b.missing.length || b.header.length - a.header.length)
  if (best?.missing.length === 0) return best
  const [expected, names] = [best?.missing.join(', '), best?.header.join(', ') || 'nothing']
  throw new Error(`${file}: expected the columns ${expected}, once each; found ${names}`)
}

/** Gives the rows after the header. Throws where bytes are not of the encoding, or quotes do not match. */
export async function* readRows({ file, encoding, delimiter }: Csv): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const parser = parse({ ...rules, delimiter, from: 2 })
  const decode = async function* (bytes: AsyncIterable<Buffer>) {
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true })
    yield decoder.decode()
  }
  pipeline(createReadStream(file), decode, parser).catch((error) => parser.destroy(error))
  try {
    yield* parser
  } catch (error) {
    if (error instanceof TypeError) throw new Error(`${file}: expected ${encoding}, found other bytes; see --encoding`)
    throw new Error(`${file}: ${error instanceof Error ? error.message : error}`)
  }
}

const why = 'Rejected because'

/**
 * Makes the file of rejected rows, which can be mended and imported as it is: why in the first column, marked as UTF-8.
 * It is there when `close` gives its name; an older one is kept under the time it was written.
 */
export function createRejects({ file, delimiter, header }: Csv) {
  const name = file.replace(/(\.\w+)?$/, '.rejects.csv')
  const old = header[0] === why ? 1 : 0
  let descriptor: number | undefined
  return {
    /** Takes a row: why it was rejected, then its cells. It is written when this returns. */
    write([reason = '', ...cells]: readonly string[]): void {
      const head = descriptor === undefined ? [[why, ...header.slice(old)]] : []
      descriptor ??= openSync(`${name}.part`, 'w')
      const text = stringify([...head, [reason, ...cells.slice(old)]], { delimiter, bom: head.length > 0 })
      writeSync(descriptor, text)
    },
    /** Ends the file; gives its name, or undefined where nothing was rejected. */
    close(): string | undefined {
      if (descriptor === undefined) return undefined
      closeSync(descriptor)
      const writtenAt = statSync(name, { throwIfNoEntry: false })?.mtime.toISOString().replaceAll(':', '')
      if (writtenAt) renameSync(name, name.replace(/csv$/, `${writtenAt}.csv`))
      renameSync(`${name}.part`, name)
      return name
    },
  }
}
