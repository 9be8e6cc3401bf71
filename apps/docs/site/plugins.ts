import { fileURLToPath } from 'node:url'
import { defineMdastPlugin, type MdastVisitorContext } from 'satteri'
import { type LinkPlace, resolveLink } from '../src/links.ts'
import { findSampleGroups, printSampleGroup } from '../src/samples.ts'

/** Where the pages are, and what there is to link to. */
export interface LinksOptions extends Omit<LinkPlace, 'from'> {
  staged: URL
}

/** Turns links to pages' files into links to pages. A link that leads nowhere fails the build. */
export function createLinks({ staged, files, base }: LinksOptions) {
  const folder = fileURLToPath(staged)
  const resolve = (url: string, { fileURL }: MdastVisitorContext) => {
    const file = fileURL ? fileURLToPath(fileURL) : folder
    return resolveLink(url, { from: file.slice(folder.length).replaceAll('\\', '/'), files, base })
  }
  return defineMdastPlugin({
    name: 'links',
    link: (node, context) => context.setProperty(node, 'url', resolve(node.url, context)),
    definition: (node, context) => context.setProperty(node, 'url', resolve(node.url, context)),
  })
}

/** Puts consecutive code blocks with titles behind tabs. */
export const samples = defineMdastPlugin({
  name: 'samples',
  before(root, context) {
    const html = (value: string) => ({ type: 'html' as const, value })
    for (const [number, group] of findSampleGroups(root.children).entries()) {
      const inGroup = root.children.slice(group.start, group.start + group.titles.length)
      const blocks = inGroup.filter((block) => block.type === 'code')
      const parts = printSampleGroup(group, number)
      for (const [index, block] of blocks.entries()) {
        context.insertBefore(block, html(parts[index] ?? ''))
        // The tab has the title: a frame with the same would say it twice.
        context.setProperty(block, 'meta', `${(block.meta ?? '').replace(/title=(["']).+?\1/, '').trim()} frame="none"`)
      }
      const last = blocks.at(-1)
      if (last) context.insertAfter(last, html(parts.at(-1) ?? ''))
    }
  },
})
