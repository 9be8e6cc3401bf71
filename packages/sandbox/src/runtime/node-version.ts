/**
 * Throws where a version of Node, default this one, is older than the sandbox needs. Older ones have no `node:sqlite`,
 * or one that takes no numbered parameters.
 */
export function checkNodeVersion(version: string = process.versions.node): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= 7) || (major === 22 && minor >= 20)) return
  throw new Error(`The sandbox needs Node 22.20, 24.7 or newer, found ${version}`)
}
