// What pnpm does to the manifest of a package before it packs it, whether for a release, a snapshot, a test or a partner.

/** What only this workspace needs. A private name among it would be a stranger's package at the registry. */
const ours = ['devDependencies', 'scripts', 'size-limit']

/** A published package has what a registry shows; an app, which is private, is source that its new owner works on. */
function beforePacking(manifest) {
  return manifest.private ? forItsOwner(manifest) : forTheRegistry(manifest)
}

/** Keeps everything but the scripts that build this workspace's packages. */
function forItsOwner(manifest) {
  const scripts = Object.entries(manifest.scripts ?? {}).filter(([, command]) => !/\bturbo\b/.test(command))
  return { ...manifest, scripts: Object.fromEntries(scripts) }
}

/** Leaves out what is no partner's business, and adds the addresses that follow from that of the repository. */
function forTheRegistry(manifest) {
  const { name, repository } = manifest
  if (!repository) throw new Error(`${name} has no "repository" in its package.json: provenance is checked against it`)
  const published = Object.entries(manifest).filter(([field]) => !ours.includes(field))
  const { url, directory } = repository
  const address = url.replace(/^git\+/, '').replace(/\.git$/, '')
  return {
    ...Object.fromEntries(published),
    homepage: `${address}/tree/main/${directory}#readme`,
    bugs: { url: `${address}/issues` },
  }
}

export const hooks = { beforePacking }
