import { execa } from 'execa'

/**
 * Runs a program to its end, without input, and gives what it printed. Rejects, quoting that, when it fails. It is
 * ended, with all that it has started, when this process ends, when `cancelSignal` says so, or after ten minutes: a
 * hanging network must not hang a release.
 */
export const run = execa({ stdin: 'ignore', all: true, timeout: 1_800_000, killDescendants: true, env: untied() })

/**
 * What differs from this process's environment: nothing ties a program to the repository, the build or the publishing
 * rights of whoever started this one.
 */
function untied(): Record<string, string | undefined> {
  const ties = Object.keys(process.env).filter((name) => /^(?:GIT|TURBO|CHANGESETS|ACTIONS_ID_TOKEN)_/.test(name))
  const direct = [process.env.NO_PROXY ?? process.env.no_proxy, '127.0.0.1'].filter(Boolean).join(',')
  return {
    ...Object.fromEntries(ties.map((name) => [name, undefined])),
    NO_COLOR: '1',
    NO_PROXY: direct,
    no_proxy: direct,
    // Copies are installed once; versions that change afterwards change nothing that is installed.
    pnpm_config_verify_deps_before_run: 'false',
  }
}
