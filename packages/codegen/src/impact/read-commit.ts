import { spawnSync } from 'node:child_process'

/** Reads files of one commit, by their paths from the root of the repository; what it does not hold is left out. */
export type ReadCommit = (paths: readonly string[]) => Map<string, string>

/** Begins each of git's answers, which are in the order of the questions: an id, unless it is a link's; type and size. */
const answerHeader = /^(?:[0-9a-f]+ )?(\w+) (\d+)$/

/** How much git may answer at once, in bytes: specs of other vendors take 12 MB. */
const maxBuffer = 256 * 1024 * 1024

/** Reads from the repository that a folder is in; nothing is checked out, and links within the repository are followed. */
export function createReadCommit(folder: string, commit: string): ReadCommit {
  return (paths) => {
    const asked = paths.filter((path) => !path.includes('\n'))
    const input = asked.map((path) => `${commit}:${path}\n`).join('')
    const args = ['cat-file', '--batch', '--follow-symlinks']
    const { stdout } = spawnSync('git', args, { cwd: folder, input, maxBuffer })
    return parseAnswers(asked, stdout ?? Buffer.alloc(0))
  }
}

function parseAnswers(paths: readonly string[], output: Buffer): Map<string, string> {
  const texts = new Map<string, string>()
  let position = 0
  for (const path of paths) {
    const end = output.indexOf('\n', position)
    const [, type, size] = answerHeader.exec(output.toString('utf8', position, end)) ?? []
    position = end + 1
    if (size === undefined) continue
    if (type === 'blob') texts.set(path, output.toString('utf8', position, position + Number(size)))
    position += Number(size) + 1
  }
  return texts
}
