import { createMinimoClient } from '@minimo/client'
import { createSandbox, type Sandbox } from '@minimo/sandbox'
import { listParameters, type OpenApiDocument } from 'codegen/document'
import type { Case } from '../case.ts'
import { cases } from '../cases/index.ts'
import { type Given, givens } from '../givens.ts'
import type { ShippedSample } from './shipped-samples.ts'

/**
 * The case that documents what a sample does: of the same operation, with the same example, and a success. Throws where
 * there is none: then nobody knows what the sample should be answered.
 */
export function findCase({ entry, example }: ShippedSample): Case<string, Given> {
  const found = (cases as readonly Case<string, Given>[]).find(
    ({ operation, request, expect }) =>
      operation === entry.id && request.example === example && expect.status < 300 && !request.query,
  )
  if (!found) throw new Error(`${entry.id}: no case sends ${example ?? 'a request without an example'} with success`)
  return found
}

/**
 * Starts a sandbox in the state that a case starts from, with what was made there under the ids that the description's
 * examples name: these are what samples ask for.
 */
export async function openSandbox(spec: OpenApiDocument, sample: ShippedSample, key: string): Promise<Sandbox> {
  const sandbox = await createSandbox({ keys: [{ key }] })
  const { given } = findCase(sample)
  if (given === undefined) return sandbox
  const made: object = await givens[given](createMinimoClient({ apiKey: key, fetch: sandbox.fetch }))
  const { tables, ...snapshot } = await sandbox.snapshot()
  const renamed = listParameters(spec, sample.entry).reduce(
    (named, { name, example }) => (name in made ? rename(named, Reflect.get(made, name), example) : named),
    tables,
  )
  await sandbox.restore({ ...snapshot, tables: renamed })
  return sandbox
}

type Tables = Awaited<ReturnType<Sandbox['snapshot']>>['tables']

/** The tables with another id in place of one. */
const rename = (tables: Tables, from: unknown, to: unknown): Tables =>
  Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      rows.map((row) => (row.id === from ? { ...row, id: to as string | number } : row)),
    ]),
  )
