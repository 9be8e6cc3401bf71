/** The parts of a block of a Markdown tree that are read here. */
export interface Block {
  type: string
  /** What stands behind the language of a fenced code block. */
  meta?: string | null | undefined
}

/** Consecutive code blocks with a title, each a sample in another language. */
export interface SampleGroup {
  /** Where the first of them is among the blocks. */
  start: number
  titles: readonly string[]
}

/** Finds the groups of two samples and more, up to `most` in a group, which is how many the style sheet knows. */
export function findSampleGroups(blocks: readonly Block[], most = 8): SampleGroup[] {
  const titles = blocks.map((block) => (block.type === 'code' ? titleOf(block.meta) : undefined))
  const starts = titles.flatMap((title, index) => (title && !titles[index - 1] ? [index] : []))
  return starts
    .map((start) => {
      const end = titles.findIndex((title, index) => index > start && !title)
      return { start, titles: titles.slice(start, end === -1 ? undefined : end).map((title) => title ?? '') }
    })
    .filter((group) => group.titles.length > 1 && group.titles.length <= most)
}

/**
 * The HTML around the samples of a group, one piece before each and one after the last. Radio inputs choose, so tabs
 * work without a script; `number` tells the groups of a page apart.
 */
export function printSampleGroup({ titles }: SampleGroup, number: number): string[] {
  const tabs = titles.map((title, index) => {
    const id = `samples-${number}-${index}`
    const text = escapeHtml(title)
    const input = `<input type="radio" name="samples-${number}" id="${id}" value="${text}"${index === 0 ? ' checked' : ''}>`
    return `${input}<label for="${id}">${text}</label>`
  })
  const open = `<fieldset class="samples not-content"><legend class="sr-only">Language</legend>${tabs.join('')}`
  const between = titles.slice(1).map(() => '</div><div class="sample">')
  return [`${open}<div class="sample">`, ...between, '</div></fieldset>']
}

/** The title in the meta of a code block: `title="curl"`. */
const titleOf = (meta = '' as string | null) => /(?:^|\s)title=(["'])(.+?)\1/.exec(meta ?? '')?.[2]

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escapeHtml = (text: string) => text.replace(/[&<>"]/g, (character) => entities[character] ?? character)
