import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Rehearsal, rehearse } from './rehearse.ts'
import { run } from './run.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const names = ['@minimo/api-types', '@minimo/client', '@minimo/sandbox']
const accepted = (packages: string[]) => packages.map((name) => ({ name, status: 201 }))
const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name)

describe('a release rehearsal', () => {
  let rehearsal: Rehearsal
  let tagsBefore: string
  const readTags = () => run('git', ['tag'], { cwd: root })

  beforeAll(async () => {
    tagsBefore = await readTags()
    rehearsal = await rehearse({ root })
  }, 300_000)

  it('tells every step in order, with what came of it and how long it took', () => {
    const { steps } = rehearsal
    expect(steps[0]?.name).toBe('start a registry')
    expect(steps.at(-1)?.name).toBe('major: a partner goes to ^2.0.0')
    expect(new Set(steps.map(({ name }) => name)).size).toBe(steps.length)
    expect(steps.filter(({ outcome, milliseconds }) => outcome === '' || !(milliseconds > 0))).toEqual([])
  })

  it('a publish that fails half-way fails, and the same command completes it without publishing anything twice', () => {
    const { halfWay, again, tags } = rehearsal.first
    expect(halfWay.ok).toBe(false)
    expect(halfWay.publications.toSorted(byName)).toEqual([
      { name: '@minimo/api-types', status: 201 },
      { name: '@minimo/client', status: 403 },
      { name: '@minimo/sandbox', status: 201 },
    ])
    expect(again.ok).toBe(true)
    expect(again.publications).toEqual(accepted(['@minimo/client']))
    expect(tags).toEqual(names.map((name) => `${name}@1.0.0`))
  })

  it('an edit of words is a patch, an added property a minor, a property that may become null a major', () => {
    const { patch, minor, major } = rehearsal
    expect([patch, minor, major].map(({ diff }) => diff.bump)).toEqual(['patch', 'minor', 'major'])
    expect([patch, minor, major].map(({ version }) => version)).toEqual(['1.0.1', '1.1.0', '2.0.0'])
    for (const { diff } of [patch, minor, major]) {
      expect(diff.operations.map(({ id }) => id)).toContain('sendEmail')
    }
  })

  it('a change without a changeset is refused, and the one that is written is accepted', () => {
    for (const { checks, changeset, edit } of [rehearsal.patch, rehearsal.minor, rehearsal.major]) {
      expect(checks.before.ok).toBe(false)
      expect(checks.before.output).toContain('sendEmail')
      expect(checks.after.ok).toBe(true)
      expect(changeset.name).toMatch(/^spec-.*\.md$/)
      for (const name of names) expect(changeset.text).toContain(`"${name}": ${edit.bump}`)
    }
  })

  it('every release publishes and tags each package once, in one version', () => {
    for (const { run, tags, version } of [rehearsal.patch, rehearsal.minor, rehearsal.major]) {
      expect(run.publications.toSorted(byName)).toEqual(accepted(names))
      expect(tags).toEqual(names.map((name) => `${name}@${version}`))
    }
  })

  it('a partner of the old range gets the patch and the minor, not the major, and goes on compiling and running', () => {
    const trials = [rehearsal.first, rehearsal.patch, rehearsal.minor, rehearsal.major].map(({ caret }) => caret)
    expect(trials.map(({ packages }) => packages.client.version)).toEqual(['1.0.0', '1.0.1', '1.1.0', '1.1.0'])
    expect(trials.map(({ packages }) => packages.sandbox.version)).toEqual(['1.0.0', '1.0.1', '1.1.0', '1.1.0'])
    for (const { errors, printed } of trials) {
      expect(errors).toEqual([])
      expect(printed).toMatchObject({
        contacts: 'contact 1 has the phone +393391234567',
        'custom-fields': 'the field NICKNAME is listed',
        emails: expect.stringMatching(/^message \S+ has 0 clicks$/),
      })
    }
    expect(rehearsal.minor.needing.printed).toHaveProperty('reply-to', 'an email with a reply address is sent')
  })

  it('on the new major the compiler refuses exactly the line that the diff is about', () => {
    const { diff, next } = rehearsal.major
    const breaking = diff.changes.filter(({ bump }) => bump === 'major')
    expect(breaking.length).toBeGreaterThan(0)
    expect(diff.operations).toMatchObject([{ id: 'sendEmail', methods: ['emails.send'] }])
    for (const { operationIds, location } of breaking) {
      expect(operationIds).toEqual(['sendEmail'])
      expect(location).toContain('messageId')
    }
    expect(next.packages.client.version).toBe('2.0.0')
    expect(next.errors).toHaveLength(1)
    expect(next.errors[0]).toMatchObject({ file: 'emails.ts', code: 'const id: string = email.messageId' })
    expect(next.errors[0]?.message).toContain("Type 'string | null' is not assignable to type 'string'")
  })

  it('what depends on the types asks for the version that it was released with', () => {
    const installed = [rehearsal.patch.caret, rehearsal.minor.caret, rehearsal.major.next].map(
      ({ packages }) => packages,
    )
    const ranges = installed.map(({ client, sandbox }) =>
      [client, sandbox].map(({ dependencies }) => dependencies['@minimo/api-types']),
    )
    expect(ranges).toEqual([
      ['^1.0.1', '^1.0.1'],
      ['^1.1.0', '^1.1.0'],
      ['^2.0.0', '^2.0.0'],
    ])
  })

  it('the changelog of each package tells the change and links the operation', () => {
    const { packages } = rehearsal.major.next
    for (const { changelog } of Object.values(packages)) {
      const versions = [...changelog.matchAll(/^## (.*)$/gm)].map(([, version]) => version)
      expect(versions).toEqual(['2.0.0', '1.1.0', '1.0.1', '1.0.0'])
      const [, newest = ''] = changelog.split(/^## /m)
      expect(newest).toContain('### Major Changes')
      expect(newest).toMatch(/\[`sendEmail`\]\(\S+\)/)
      expect(newest).toContain('messageId')
    }
  })

  it('the spec of a version travels with it', () => {
    const { patch, minor, major } = rehearsal
    expect(patch.caret.spec).toContain('as mail servers know it')
    expect(patch.caret.spec).not.toContain('replyTo')
    expect(minor.caret.spec).toContain('replyTo')
    expect(major.caret.spec).toBe(minor.spec)
    expect(major.next.spec).toBe(major.spec)
  })

  it('a snapshot lets a partner use a change before it is released, and leaves everybody else alone', () => {
    const { snapshot, unchanged } = rehearsal
    const { version, client, without, trial } = snapshot
    expect(version).toMatch(/^1\.1\.0-try-it-\d+$/)
    expect(client.before['dist-tags']).toEqual({ latest: '1.0.1' })
    expect(client.after['dist-tags']).toEqual({ latest: '1.0.1', 'try-it': version })
    expect(client.after.versions[version]?.dependencies).toMatchObject({ '@minimo/api-types': version })
    expect(client.after.versions[version]?.devDependencies ?? {}).toEqual({})
    expect(without.map(({ code }) => code).join()).toContain('replyTo')
    expect([trial.errors, trial.packages.sandbox.version]).toEqual([[], version])
    expect(trial.printed).toHaveProperty('reply-to', 'an email with a reply address is sent')
    expect(snapshot.install).toBe('npm install @minimo/client@try-it')
    expect(snapshot.refusal).toContain('commit first')
    expect(unchanged).toContain('@minimo/api-types@1.0.1')
  })

  it('tags nothing but its copy', async () => {
    expect(await readTags()).toBe(tagsBefore)
  })
})
