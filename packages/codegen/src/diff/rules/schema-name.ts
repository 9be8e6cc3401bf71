import type { Comparison, NamedSchema } from '../compare/comparison.ts'
import { listNames, renaming } from '../compare/names.ts'
import type { NamedSchemaPair, Rule } from '../compare/rule.ts'

/** The component schema that is what another was, and was not before. */
export function heirOf(comparison: Comparison, { meaning }: NamedSchema): NamedSchema | undefined {
  const known = new Set(comparison.before.schemas.filter((one) => one.meaning === meaning).map(({ name }) => name))
  return comparison.after.schemas.find((one) => one.meaning === meaning && !known.has(one.name))
}

const isRenamed: Rule<NamedSchemaPair> = ({ before, after }, _, report) => {
  if (!before || !after || before.name === after.name) return
  const message = `A component schema: ${renaming(before.name, after.name)}. Code that names its type no longer compiles.`
  report({ bump: 'major', id: 'schema-renamed', direction: 'both', message })
}

const isGone: Rule<NamedSchemaPair> = ({ before, after }, _, report) => {
  if (!before || after) return
  const message = `The component schema ${listNames([before.name])} is gone: code that names its type no longer compiles.`
  report({ bump: 'major', id: 'schema-removed', direction: 'both', message })
}

const isReplaced: Rule<NamedSchemaPair> = ({ before, after, isReplaced: isOther }, comparison, report) => {
  if (!before || !after || !isOther) return
  const heir = heirOf(comparison, before)
  const rest = heir ? `what it was is called \`${heir.name}\` now` : 'what it was has no name any more'
  const message = `The type \`${before.name}\` is another one now, and ${rest}: code that names it no longer compiles, or means something else.`
  report({ bump: 'major', id: 'schema-replaced', direction: 'both', message })
}

/** What the names of component schemas stand for; their types are exported by them. */
export const schemaNameRules: readonly Rule<NamedSchemaPair>[] = [isRenamed, isGone, isReplaced]
