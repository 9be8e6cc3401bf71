/** The address of a page's Markdown; `undefined` for the page of what is not there. */
export function markdownOf({ filePath }: { filePath?: string | undefined }): string | undefined {
  const file = filePath?.split('src/content/docs/')[1]
  return file === undefined || file === '404.md' ? undefined : `${import.meta.env.BASE_URL}${file}`
}
