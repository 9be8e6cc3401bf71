import { relative } from 'node:path'
import { compareSpecs } from '../impact/compare-specs.ts'
import { findChangesetFaults } from '../impact/plan-changeset.ts'
import { appliedBump, readRelease } from '../impact/read-release.ts'
import { runScript } from '../run-script.ts'
import type { Command } from './command.ts'
import { readOutdated } from './generate.ts'

const options = { base: { type: 'string' } } as const

/** `check CONFIG`: fails where generated code is out of date or the changeset asks for too little. */
export const checkCommand: Command<typeof options> = {
  options,
  usage: `Usage: codegen check CONFIG [--base REF|FILE|VERSION]

Fails where a generated file differs from its spec, or where no changeset asks for what the specs' changes demand.

  --base   what to compare with; default: the newest release tag, else where this left main`,

  async run({ configFile, values: { base } }) {
    const { outdated } = await readOutdated(configFile)
    const names = outdated.map(({ path }) => `  ${relative(process.cwd(), path)}`)
    const stale =
      names.length > 0
        ? [
            'Generated files differ from their spec:',
            ...names,
            `Run \`${runScript('generate')}\` and commit the result.`,
          ]
        : []
    const release = readRelease(configFile)
    const comparison = await compareSpecs({ configFile, base })
    const faults = findChangesetFaults({ comparison, ...release }, appliedBump(comparison.base, release.version))
    if (stale.length + faults.length > 0) {
      console.error([...stale, ...faults].join('\n'))
      return 1
    }
    console.log(
      `Generated files are up to date; the specs' changes since ${comparison.base} demand: ${comparison.bump}.`,
    )
    return 0
  },
}
