import { describe, expect, it } from 'vitest'
import { findLanguages, type Language } from './languages.ts'

/** The languages that samples are written in. */
export const sampleLanguages = ['Shell', 'Python', 'JavaScript', 'TypeScript'] as const

/** The name of a language in samples. */
export type LanguageName = (typeof sampleLanguages)[number]

/**
 * Registers tests for each language that this machine can run. For another it registers one that says so: it is skipped,
 * or fails where `CI` is set, so that nothing is left out there unseen.
 */
export async function describeLanguages(register: (name: LanguageName, language: Language) => void): Promise<void> {
  const languages = await findLanguages()
  describe.each(sampleLanguages)('%s', (name) => {
    const language = languages[name]
    if (language.command) register(name, language)
    else if (process.env.CI) it('is run', () => expect.fail(`Expected ${language.needs}; found none in PATH.`))
    else it.skip(`is not run here: it needs ${language.needs}`)
  })
}
