import { documentPath, fetchPacked, type PackedDocument } from './fetch-packed.ts'

/** A public OpenAPI document of another vendor. */
export interface VendorSpec extends PackedDocument {
  name: string
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
export function fetchSpec(spec: PackedDocument): string {
  fetchPacked([spec])
  return documentPath(spec)
}
