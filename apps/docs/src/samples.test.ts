import { expect, it } from 'vitest'
import { findSampleGroups, printSampleGroup } from './samples.ts'

const code = (meta?: string) => ({ type: 'code', meta })
const text = { type: 'paragraph' }

it('consecutive code blocks with titles are a group', () => {
  const blocks = [
    text,
    code('title="curl"'),
    code("title='Python'"),
    text,
    code('title="curl"'),
    code('title="Go" ins={2}'),
  ]
  expect(findSampleGroups(blocks)).toEqual([
    { start: 1, titles: ['curl', 'Python'] },
    { start: 4, titles: ['curl', 'Go'] },
  ])
})

it('a block alone, or without a title, is left as it is', () => {
  expect(
    findSampleGroups([code('title="a.ts"'), text, code(), code(), code('subtitle="a"'), code('title="b"')]),
  ).toEqual([])
})

it('more blocks than the style sheet knows are left as they are', () => {
  const blocks = Array.from({ length: 9 }, (_, index) => code(`title="${index}"`))
  expect(findSampleGroups(blocks)).toEqual([])
  expect(findSampleGroups(blocks.slice(1))).toHaveLength(1)
})

it('the first tab of a group is chosen, and titles are no HTML', () => {
  const parts = printSampleGroup({ start: 0, titles: ['curl', '<b> & "C"'] }, 3)
  expect(parts).toHaveLength(3)
  expect(parts[0]).toContain('name="samples-3" id="samples-3-0" value="curl" checked>')
  expect(parts[0]).toContain('value="&lt;b&gt; &amp; &quot;C&quot;">')
  expect(parts.join('').match(/<div class="sample">/g)).toHaveLength(2)
})
