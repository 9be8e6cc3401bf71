import { stringifyYaml } from '@redocly/openapi-core'
import type { SampleClient } from '../samples/sample-client.ts'
import type { GeneratedFile } from '../spec/config.ts'
import type { OpenApiDocument } from '../spec/document.ts'
import { generatedNote } from '../spec/run-script.ts'
import { serverUrl } from '../spec/servers.ts'
import { makeFragment } from './fragment.ts'
import { headingOf, indexPage } from './index-page.ts'
import { type Block, render } from './markdown.ts'
import { operationPage } from './operation-page.ts'
import { indexFile, type Place, webhooksFile } from './page-places.ts'
import { linesOf, plainText, readBlocks } from './read-markdown.ts'
import { createSite, pageAt, type Site } from './site.ts'
import { webhooksPage } from './webhooks-page.ts'

/** What a page says of itself before its text: for sites, which sort pages, mark methods and search by ids and paths. */
interface Front {
  title: string
  description: string
  operationId?: string
  method?: string
  path?: string
  /** The tag as people read it. */
  tag?: string
  /** Where the operation stands in the description, from 1. */
  sidebar?: { order: number }
}

/** The pages of a document, by their paths in the section's folder. `source` is where it comes from, as people know it. */
export function renderPages(
  document: OpenApiDocument,
  { client, source }: { client: SampleClient | undefined; source: string },
): GeneratedFile[] {
  const site = createSite(document, client)
  const name = document.info?.title ?? source
  const write = (path: string, front: Front, blocks: Block[]) => ({
    path,
    text: frontMatter(front, source) + render(blocks),
  })
  const webhooks = { title: 'Webhooks', description: `What ${name} calls at your server` }
  return [
    write(
      indexFile,
      { title: name, description: leadOf(site, document.info?.description) || `Operations of ${name}` },
      indexPage(site),
    ),
    ...site.places.all.map((place, index) =>
      write(place.file, frontOf(site, place, index + 1), renderOperation(site, place)),
    ),
    ...(site.places.hasWebhooks ? [write(webhooksFile, webhooks, webhooksPage(site))] : []),
  ]
}

function renderOperation(site: Site, place: Place): Block[] {
  const fragment = stringifyYaml(makeFragment(site.document, place.entry), { noRefs: true, lineWidth: 120 })
  return operationPage(pageAt(site, place), fragment.trimEnd())
}

function frontOf(site: Site, { entry, title, tag }: Place, order: number): Front {
  const { id, method, path, operation } = entry
  const described = site.document.tags?.find(({ name }) => name === tag)
  return {
    title,
    description:
      leadOf(site, operation.description) || `${method.toUpperCase()} ${serverUrl(site.document, entry)}${path}`,
    operationId: id,
    method,
    path,
    ...(tag !== undefined && { tag: headingOf(tag, described?.description) }),
    sidebar: { order },
  }
}

const leadOf = ({ reader }: Site, description = '') =>
  plainText(linesOf(readBlocks(description, reader).slice(0, 1))).trim()

const frontMatter = (front: Front, source: string) =>
  `---\n# ${generatedNote(source)}\n${stringifyYaml(front, { lineWidth: -1 })}---\n\n`
