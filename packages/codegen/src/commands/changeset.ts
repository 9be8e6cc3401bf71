import { rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { compareSpecs } from '../impact/compare-specs.ts'
import { planChangeset } from '../impact/plan-changeset.ts'
import { linkFromChangelog, readRelease } from '../impact/read-release.ts'
import { openWorkspace, type Workspace } from '../impact/workspace.ts'
import { findDescription, generate, type SpecFile } from '../spec/generate.ts'
import type { Command } from './command.ts'
import { writeWhole } from './generate.ts'

const options = { base: { type: 'string' } } as const

/** `changeset CONFIG`: writes the one changeset that the specs' changes demand. */
export const changesetCommand: Command<typeof options> = {
  operand: 'CONFIG',
  options,
  usage: `Usage: codegen changeset CONFIG [--base REF|FILE|VERSION]

Writes the one changeset that the working specs' changes demand, and removes what an earlier run wrote. What main has
already stays: it tells of earlier changes.

  --base   what to compare with; default: the newest release tag, else where this left main

To release less than the changes demand, lower the bump in the file and add a line \`Override: <reason>\`.`,

  async run({ file: configFile, values: { base } }) {
    const workspace = await openWorkspace({ configFile, base })
    const { folder, ...release } = readRelease(workspace)
    const diff = await compareSpecs(workspace)
    const files = diff.changes.length > 0 ? await generate(workspace.specs, configFile) : []
    const descriptions = linkDescriptions(workspace, files)
    const { write, remove, bump, override } = planChangeset({ diff, descriptions, ...release })
    if (write) writeWhole({ path: join(folder, write.name), text: write.text })
    for (const name of remove) rmSync(join(folder, name))
    const isTold = diff.bump !== 'none'
    console.log(
      [
        ...(write ? [`.changeset/${write.name}: ${bump}`] : []),
        ...(write || !isTold ? [] : [`No changeset is needed: those that main has ask for a ${bump}, as is demanded.`]),
        ...(isTold ? [] : [`No changeset is needed: nothing has changed since ${diff.base}.`]),
        ...(override === undefined ? [] : [`Lower than the ${diff.bump} that is demanded: ${override}`]),
        ...remove.map((name) => `.changeset/${name}: removed, it told of an earlier state`),
        ...(diff.notes ?? []),
      ].join('\n'),
    )
    return 0
  },
}

/** Where changelogs find the description of each API that publishes one, by the API's name. */
export function linkDescriptions({ folder, specs }: Workspace, files: readonly SpecFile[]): Map<string, string> {
  return new Map(
    specs.flatMap(({ name }) => {
      const description = findDescription(files.filter(({ spec }) => spec === name))
      return description ? [[name, linkFromChangelog(folder, resolve(description.path))] as const] : []
    }),
  )
}
