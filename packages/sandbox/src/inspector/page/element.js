/**
 * An element with properties and children. Texts are put in as text, never as markup: what the sandbox holds, anybody
 * may have sent.
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} [properties]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties)
  made.append(...children)
  return made
}

/**
 * The element of the page with this id. Throws where it is missing or another.
 * @template {HTMLElement} Kind
 * @param {string} id
 * @param {new () => Kind} kind
 * @returns {Kind}
 */
export function find(id, kind) {
  const found = document.getElementById(id)
  if (found instanceof kind) return found
  throw new Error(`expected #${id} to be a ${kind.name}, found ${found?.tagName ?? 'nothing'}: see index.html`)
}
