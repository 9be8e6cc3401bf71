import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSampler, type SampleClient } from 'codegen'
import { listOperations } from 'codegen/document'
import { describe, expect, it } from 'vitest'
import { readSpec } from '../spec.ts'
import { describeLanguages, type LanguageName, sampleLanguages } from './describe-languages.ts'
import { findLanguages, type Language } from './languages.ts'
import { answerFor, readRequest, type SentRequest } from './sent-request.ts'
import { startTrustedProxy } from './trusted-proxy.ts'

/** An API whose samples are run. */
export interface SampledApi {
  specFile: string
  client: SampleClient
  /** The environment variables that its samples read. */
  keys: Readonly<Record<string, string>>
}

/**
 * Registers tests that run the samples of an API, in one process for each language: there are some for each operation,
 * each makes one request, and what it says is what the API's own client says.
 */
export async function describeSameRequests({ specFile, client, keys }: SampledApi): Promise<void> {
  const spec = readSpec(specFile)
  const entries = listOperations(spec)
  const listSamples = createSampler(spec, client)
  const requests = entries.flatMap((entry) => listSamples(entry).map(({ samples }) => ({ entry, samples })))

  /** Runs the samples of a language, and gives what they have sent. */
  async function sendAll(name: LanguageName, language: Language): Promise<SentRequest[]> {
    const sent: SentRequest[] = []
    const urls = Object.values(JSON.stringify(spec).match(/https?:\/\/[\w.:]+/g) ?? [])
    const { workplace, environment, close } = await startTrustedProxy(urls, async (url, init) => {
      const request = requests[sent.length]
      sent.push(await readRequest(url, init))
      return request ? answerFor(spec, request.entry) : new Response(null, { status: 404 })
    })
    const files = requests.map(async ({ samples }, index) => {
      const file = join(workplace.folder, `${index}-${language.file}`)
      await writeFile(file, samples.find(({ lang }) => lang === name)?.source ?? '')
      return file
    })
    const program = drivers[name](JSON.stringify(await Promise.all(files)))
    const { exitCode, stderr } = await workplace.run(program, language, { ...environment, ...keys })
    await close()
    expect(exitCode, stderr).toBe(0)
    return sent
  }

  it('every operation has samples in every language', () => {
    expect(new Set(requests.map(({ entry }) => entry.id))).toEqual(new Set(entries.map(({ id }) => id)))
    const names = requests.map(({ samples }) => samples.map(({ lang }) => lang))
    expect(names).toEqual(requests.map(() => sampleLanguages))
  })

  describe('samples say what the client says', async () => {
    const { TypeScript } = await findLanguages()
    let byClient: Promise<SentRequest[]> | undefined
    await describeLanguages((name, language) => {
      it('one request for each operation', async () => {
        byClient ??= sendAll('TypeScript', TypeScript)
        const [wanted, sent] = await Promise.all([byClient, name === 'TypeScript' ? byClient : sendAll(name, language)])
        expect(sent).toEqual(wanted)
        expect(sent).toHaveLength(requests.length)
      })
    })
  })
}

/** Programs that run others, one after the other. Each is given their files, as JSON. */
const drivers: Readonly<Record<LanguageName, (files: string) => string>> = {
  Shell: (files) => `set -e\nfor file in ${files.replace(/[[\],]/g, ' ')}; do bash "$file"; done`,
  Python: (files) => `import runpy\nfor file in ${files}:\n    runpy.run_path(file)`,
  JavaScript: (files) => `for (const file of ${files}) await import(file)`,
  TypeScript: (files) => `for (const file of ${files}) await import(file)`,
}
