import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

/** A public OpenAPI document of another vendor, as it ships inside an npm package. */
export interface VendorSpec {
  name: string
  /** Package and pinned version, as `npm pack` takes it. */
  packed: string
  /** Path of the document inside the package. */
  file: string
}

/** What others write: JSON and YAML, OpenAPI 3.0 and 3.1, from dozens to a thousand operations. */
export const vendorSpecs: VendorSpec[] = [
  { name: 'GitHub', packed: '@octokit/openapi@23.0.2', file: 'generated/api.github.com.json' },
  { name: 'GitHub Enterprise Cloud', packed: '@octokit/openapi@23.0.2', file: 'generated/ghec.json' },
  { name: 'ShipEngine', packed: 'shipengine-openapi@1.4.0', file: 'openapi.json' },
  { name: 'Twilio', packed: '@twilio-alpha/mcp@0.7.0', file: 'twilio-oai/spec/yaml/twilio_api_v2010.yaml' },
  { name: 'Figma', packed: '@figma/rest-api-spec@0.43.0', file: 'openapi/openapi.yaml' },
]

/** Path of a spec on this machine; downloads its package the first time, and keeps only the one file. */
export function fetchSpec({ packed, file }: VendorSpec): string {
  const folder = join(tmpdir(), 'codegen-vendor-specs', packed.replaceAll('/', '+'))
  const target = join(folder, basename(file))
  if (existsSync(target)) return target
  mkdirSync(folder, { recursive: true })
  const draft = mkdtempSync(join(folder, 'draft-'))
  try {
    const archive = execFileSync('npm', ['pack', packed, '--silent'], { cwd: draft, encoding: 'utf8' }).trim()
    execFileSync('tar', ['-xzf', archive, `package/${file}`], { cwd: draft })
    renameSync(join(draft, 'package', file), target)
  } finally {
    rmSync(draft, { recursive: true })
  }
  return target
}
