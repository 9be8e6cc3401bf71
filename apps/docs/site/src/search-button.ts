/**
 * Names the button of search by all that is written on it: its own label leaves out the shortcut, so whoever says what
 * they see would not reach it.
 */
export function nameSearchButton(page: Document): void {
  const button = page.querySelector('button[data-open-modal]')
  button?.removeAttribute('aria-label')
  button?.querySelector('span')?.removeAttribute('aria-hidden')
}
