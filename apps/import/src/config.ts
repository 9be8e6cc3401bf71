import { parseArgs } from 'node:util'
import { isSupportedCountry } from 'libphonenumber-js/min'
import { z } from 'zod'
import { type Csv, openCsv } from './csv.ts'

const above0 = z.coerce.number().positive()
const flag = z.boolean().default(false)
const pairs = (pattern: RegExp) => z.array(z.string().regex(pattern)).default([])

/** The options; what each says of itself is its help, and what was expected where it is wrong. */
const settings = z.object({
  map: pairs(/^(email|phone|customFields\.[^=]+)=./).describe('email=COLUMN, phone=, customFields.KEY=; repeat it'),
  consent: pairs(/^(email|whatsapp)=./).describe('email=COLUMN or whatsapp=COLUMN, a column of yes and no; repeat it'),
  encoding: z.string().default('utf-8').describe('of the file, such as latin1'),
  delimiter: z.string().length(1).optional().describe('the character between cells; found by itself: , ; | and tab'),
  dates: z.enum(['iso', 'day-first', 'month-first']).default('iso').describe('iso, day-first or month-first'),
  country: z.string().refine(isSupportedCountry).optional().describe('of phones without one, such as IT'),
  rate: above0.optional().describe('calls a second; default: what the API takes'),
  concurrency: above0.int().max(1000).default(16).describe('calls at once, up to 1000; default 16'),
  wait: above0.default(60).describe('minutes to wait for an API that is down; default 60'),
  'dry-run': flag.describe('check every row, send nothing'),
  sandbox: flag.describe('rehearse against a sandbox that is gone afterwards'),
  seed: z.string().optional().describe('JSON file with customFields and contacts that the sandbox begins with'),
})

/** What an import is told, checked; `columns` are pairs of what a column becomes, and its name. */
export type Config = z.infer<typeof settings> & Csv & { columns: [string, string][]; apiKey: string }

/** What `--help` says. */
export const help = ['import FILE.csv --map email=COLUMN [OPTIONS]']
  .concat(Object.entries(settings.shape).map(([name, { description }]) => `  --${name.padEnd(14)} ${description}`))
  .join('\n')

/** Checks arguments, environment and the first line of the file. Throws one error that names all that is wrong. */
export function readConfig(args: string[], { MINIMO_API_KEY: apiKey = '' }: NodeJS.ProcessEnv): Config {
  const options = Object.entries(settings.shape).map(([name, schema]) => {
    const initial = z.safeParse(schema, undefined).data
    return [name, { type: initial === false ? 'boolean' : 'string', multiple: Array.isArray(initial) }] as const
  })
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: Object.fromEntries(options) })
  const { data, error } = settings.safeParse(values, { reportInput: true })
  const problems = (error?.issues ?? []).map(({ path: [name = ''], input }) => {
    const found = Array.isArray(values[String(name)]) ? input : values[String(name)]
    return `--${String(name)} ${found}: expected ${Reflect.get(settings.shape, name).description}`
  })
  if (!apiKey && !values.sandbox) problems.push('MINIMO_API_KEY: expected a key; found none (--sandbox needs none)')
  const targets = [...(data?.map ?? []), ...(data?.consent ?? []).map((pair) => `marketingConsent.${pair}`)]
  const columns = targets.map((pair): [string, string] => [pair.replace(/=.*/s, ''), pair.replace(/.*?=/s, '')])
  const names = columns.map(([target]) => target.toLowerCase())
  const twice = names.filter((name, index) => names.indexOf(name) < index)
  if (twice.length > 0)
    problems.push(`--map, --consent: expected one column for each; found two for ${twice.join(', ')}`)
  if (positionals.length > 1) problems.push(`FILE.csv: expected one file; found ${positionals.join(', ')}`)
  if (values.seed && !values.sandbox) problems.push('--seed: expected --sandbox with it; found none')
  const isIdentified = columns.some(([target]) => target === 'email' || target === 'phone')
  if (data && !isIdentified) problems.push('--map: expected email= or phone=; found neither')
  try {
    const csv = openCsv(
      positionals[0],
      columns.map(([, column]) => column),
      values,
    )
    if (data && problems.length === 0) return { ...data, ...csv, columns, apiKey }
  } catch (problem) {
    problems.push(problem instanceof Error ? problem.message : String(problem))
  }
  throw new Error(problems.join('\n'))
}
