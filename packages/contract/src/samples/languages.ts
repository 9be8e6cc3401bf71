import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** How programs in a language are run. */
export interface Language {
  /** The name of a program's file. */
  file: string
  /** The command, given that file; `undefined` where this machine cannot run it. */
  command?: readonly string[]
  /** What this machine would need, where it cannot. */
  needs: string
}

/** The languages that samples are written in, by their names there, as this machine runs them. */
export async function findLanguages() {
  const [curl] = findAll('curl')
  const [bash] = findAll('bash')
  const python = await findPython()
  const node = [process.execPath]
  const languages = {
    // The command is one for a shell; it is read by one.
    Shell: { file: 'sample.sh', needs: 'curl and bash', ...(curl && bash && { command: [bash] }) },
    Python: { file: 'sample.py', needs: 'python3 with requests', ...(python && { command: [python] }) },
    JavaScript: { file: 'sample.mjs', needs: 'node', command: node },
    TypeScript: { file: 'sample.mts', needs: 'node', command: node },
  } satisfies Record<string, Language>
  return languages as Record<keyof typeof languages, Language>
}

/** The first Python in PATH that has `requests`: the one itself, not a script that chooses it anew each time. */
async function findPython(): Promise<string | undefined> {
  for (const command of findAll('python3')) {
    const found = await run(command, ['-c', 'import requests, sys; print(sys.executable)']).catch(() => undefined)
    if (found) return found.stdout.trim()
  }
  return undefined
}

/** Every program of this name in PATH. */
function findAll(name: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).filter(isProgram)
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
