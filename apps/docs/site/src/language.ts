const key = 'language-of-samples'

/** Shows all samples of a page in the language that was chosen last, on this page or another. */
export function rememberLanguage(page: Document, storage: Storage): void {
  const choose = (language: string | null) => {
    for (const input of page.querySelectorAll<HTMLInputElement>('.samples > input')) {
      if (input.value === language) input.checked = true
    }
  }
  page.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLInputElement) || !target.matches('.samples > input')) return
    const before = target.getBoundingClientRect().top
    storage.setItem(key, target.value)
    choose(target.value)
    // Samples above may have another height now: what was clicked stays under the pointer.
    page.defaultView?.scrollBy({ top: target.getBoundingClientRect().top - before, behavior: 'instant' })
  })
  choose(storage.getItem(key))
}
