import { findChangesetFaults } from '../impact/check-changesets.ts'
import { compareSpecs } from '../impact/compare-specs.ts'
import { readRelease } from '../impact/read-release.ts'
import { openWorkspace } from '../impact/workspace.ts'
import { runScript } from '../spec/run-script.ts'
import { linkDescriptions } from './changeset.ts'
import type { Command } from './command.ts'
import { readOutdated, tellStale } from './generate.ts'

const options = { base: { type: 'string' } } as const

/** `check CONFIG`: fails where generated code is out of date or the changesets ask for too little. */
export const checkCommand: Command<typeof options> = {
  operand: 'CONFIG',
  options,
  usage: `Usage: codegen check CONFIG [--base REF|FILE|VERSION]

Fails where a generated file differs from its spec, or where no changeset asks for what the specs' changes demand.

  --base   what to compare with; default: the newest release tag, else where this left main`,

  async run({ file: configFile, values: { base } }) {
    const { files, ...found } = await readOutdated(configFile)
    const names = tellStale(found)
    const advice = `Run \`${runScript('generate')}\` and commit the result.`
    const stale = names.length > 0 ? ['Generated files differ from their spec:', ...names, advice] : []
    const workspace = await openWorkspace({ configFile, base })
    const release = readRelease(workspace)
    const diff = await compareSpecs(workspace)
    const faults = findChangesetFaults({ diff, descriptions: linkDescriptions(workspace, files), ...release })
    for (const note of diff.notes ?? []) console.error(note)
    if (stale.length + faults.length > 0) {
      console.error([...stale, ...faults].join('\n'))
      return 1
    }
    console.log(`Generated files are up to date; the specs' changes since ${diff.base} demand: ${diff.bump}.`)
    return 0
  },
}
