import { compareSpecs } from '../impact/compare-specs.ts'
import { formatMarkdown, formatText } from '../impact/format-comparison.ts'
import { UserError } from '../user-error.ts'
import type { Command } from './command.ts'

const options = {
  base: { type: 'string' },
  spec: { type: 'string' },
  format: { type: 'string', default: 'text' },
  fast: { type: 'boolean' },
} as const

/** `diff CONFIG`: tells what the working specs change for partners. */
export const diffCommand: Command<typeof options> = {
  options,
  usage: `Usage: codegen diff CONFIG [--base REF|FILE|VERSION] [--spec NAME] [--format text|markdown|json] [--fast]

Tells what the working specs change for partners' code, and the version bump that this demands.

  --base     what to compare with; default: the newest release tag, else where this left main
  --spec     the one spec to compare, by its name in CONFIG; default: all
  --format   text (default), markdown, or json: { bump, base, sources, changes: [{ bump, operationId?, … }] }
  --fast     ask neither the linter nor the TypeScript compiler: a quick look while editing

Exit code 0 whatever the bump, 2 when a spec cannot be read.`,

  async run({ configFile, values: { format, ...values } }) {
    const write = formats.get(format)
    if (!write) throw new UserError(`--format ${format}: expected ${[...formats.keys()].join(', ')}.`)
    console.log(write(await compareSpecs({ configFile, ...values })))
    return 0
  },
}

const formats: ReadonlyMap<string, typeof formatText> = new Map([
  ['text', formatText],
  ['markdown', formatMarkdown],
  ['json', (comparison) => JSON.stringify(comparison, null, 2)],
])
