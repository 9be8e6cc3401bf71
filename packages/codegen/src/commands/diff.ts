import { compareSpecs } from '../impact/compare-specs.ts'
import { formatMarkdown } from '../impact/format-markdown.ts'
import { formatText } from '../impact/format-text.ts'
import type { SpecDiff } from '../impact/spec-diff.ts'
import { openWorkspace } from '../impact/workspace.ts'
import { UserError } from '../spec/user-error.ts'
import type { Command } from './command.ts'

const options = {
  base: { type: 'string' },
  spec: { type: 'string' },
  format: { type: 'string', default: 'text' },
  details: { type: 'boolean' },
} as const

/** `diff CONFIG`: tells what the working specs change for partners. */
export const diffCommand: Command<typeof options> = {
  operand: 'CONFIG',
  options,
  usage: `Usage: codegen diff CONFIG [--base REF|FILE|VERSION] [--spec NAME] [--format text|markdown|json] [--details]

Tells what the working specs change for partners' code, and the version bump that this demands.

  --base     what to compare with; default: the newest release tag, else where this left main
  --spec     the one spec to compare, by its name in CONFIG; default: all
  --format   text (default), markdown (at most what GitHub takes), or json: { bump, base, sources, operations, changes }
  --details  in text, all changes with all operations that they reach, however many there are

Exit code 0 whatever the bump, 2 when a spec cannot be read.`,

  async run({ file: configFile, values: { format, details, base, spec } }) {
    const write = formats.get(format)
    if (!write) throw new UserError(`--format ${format}: expected ${[...formats.keys()].join(', ')}.`)
    const diff = await compareSpecs(await openWorkspace({ configFile, base }), spec)
    console.log(write(diff, { details: details === true }))
    return 0
  },
}

const formats: ReadonlyMap<string, (diff: SpecDiff, asked: { details: boolean }) => string> = new Map([
  ['text', formatText],
  ['markdown', formatMarkdown],
  ['json', (diff) => JSON.stringify(diff, null, 2)],
])
