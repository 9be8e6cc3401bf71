import { existsSync } from 'node:fs'
import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { GeneratedFile } from '../spec/config.ts'
import type { SpecFile } from '../spec/generate.ts'
import { runScript } from '../spec/run-script.ts'

/**
 * What is left to do by hand once these files are written; nothing for a spec that nobody wrote anything for. To be
 * asked before they are written: what came and went is told by the tables that they replace.
 */
export async function nextSteps(outdated: readonly SpecFile[]): Promise<string[]> {
  const ofOurs = outdated.filter(({ byHand }) => byHand.length > 0)
  const tables = await Promise.all(ofOurs.map(async (file) => ({ file, ...(await compareTables(file)) })))
  const hands = tables.flatMap(({ file: { byHand }, came, went }) => {
    if (came.length + went.length === 0) return []
    const told = [came.length > 0 && `new: ${came.join(', ')}`, went.length > 0 && `gone: ${went.join(', ')}`]
    const places = byHand.map(({ path, what }) => `  ${relative(process.cwd(), path)}: ${what}`)
    return [`Operations ${told.filter(Boolean).join('; ')}. Each has by hand:`, ...places]
  })
  const gaps = hands.length > 0 ? [`\`${runScript('gaps')}\` names what is missing.`] : []
  const changeset = ofOurs.length > 0 ? [`\`${runScript('spec:changeset')}\` writes the changeset.`] : []
  return [...hands, ...gaps, ...changeset]
}

async function compareTables({ path, operationIds }: GeneratedFile): Promise<{ came: string[]; went: string[] }> {
  const before = operationIds && (await readTable(path))
  if (!before) return { came: [], went: [] }
  return {
    came: operationIds.filter((id) => !before.includes(id)),
    went: before.filter((id) => !operationIds.includes(id)),
  }
}

/** The operations of the table on disk, where there is one that can be read: it may be broken, and is replaced anyway. */
async function readTable(path: string): Promise<string[] | undefined> {
  if (!existsSync(path)) return undefined
  const { operations } = await import(pathToFileURL(path).href).catch(() => ({}))
  return operations && Object.keys(operations)
}
