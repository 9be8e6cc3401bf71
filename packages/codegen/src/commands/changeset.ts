import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { compareSpecs } from '../impact/compare-specs.ts'
import { planChangeset } from '../impact/plan-changeset.ts'
import { readRelease } from '../impact/read-release.ts'
import type { Command } from './command.ts'
import { writeWhole } from './generate.ts'

const options = { base: { type: 'string' } } as const

/** `changeset CONFIG`: writes the one changeset that the specs' changes demand. */
export const changesetCommand: Command<typeof options> = {
  options,
  usage: `Usage: codegen changeset CONFIG [--base REF|FILE|VERSION]

Writes the one changeset that the working specs' changes demand, and removes what an earlier run wrote.

  --base   what to compare with; default: the newest release tag, else where this left main

To release less than the changes demand, lower the bump in the file and add a line \`Override: <reason>\`.`,

  async run({ configFile, values: { base } }) {
    const { folder, ...release } = readRelease(configFile)
    const comparison = await compareSpecs({ configFile, base })
    const { write, remove, bump, override } = planChangeset({ comparison, ...release })
    if (write) writeWhole({ path: join(folder, write.name), text: write.text })
    for (const name of remove) rmSync(join(folder, name))
    console.log(
      [
        write
          ? `.changeset/${write.name}: ${bump}`
          : `No changeset is needed: nothing has changed since ${comparison.base}.`,
        ...(override === undefined ? [] : [`Lower than the ${comparison.bump} that is demanded: ${override}`]),
        ...remove.map((name) => `.changeset/${name}: removed, it told of an earlier state`),
      ].join('\n'),
    )
    return 0
  },
}
