/**
 * Calls the control API and gives what it answers. Throws an error with the words of a refusal.
 * @template Answer
 * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method
 * @param {string} path Below `/_sandbox/`.
 * @param {object | Blob} [body] Sent as JSON; a blob as it is.
 * @returns {Promise<Answer>} Sound as far as the caller knows the endpoint.
 */
export async function call(method, path, body) {
  const sent = body instanceof Blob || body === undefined ? body : JSON.stringify(body)
  const headers = { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) }
  const response = await fetch(path, { method, headers, body: sent ?? null })
  const text = await response.text()
  const answer = text === '' ? undefined : JSON.parse(text)
  if (response.ok) return answer
  throw new Error(answer?.error?.message ?? `The sandbox has answered ${response.status}`)
}

/**
 * A list of the control API.
 * @template Row
 * @param {string} path
 * @param {Record<string, string | number>} query
 * @returns {Promise<Row[]>}
 */
export async function list(path, query) {
  const parameters = Object.entries(query).map(([name, value]) => [name, String(value)])
  /** @type {{ data: Row[] }} */
  const { data } = await call('GET', `${path}?${new URLSearchParams(parameters)}`)
  return data
}

/** How many of the newest rows are shown at least. */
export const shown = 250

/**
 * Follows a list that the control API gives oldest first: each call gives its newest rows, 250 or more where there are
 * so many, as they are now.
 * @template Row
 * @param {string} path
 * @param {(row: Row) => string | number} readPlace What `after` takes to give the rows behind this one.
 * @param {string | number} [start] The place to begin behind.
 * @returns {() => Promise<Row[]>}
 */
export function createTail(path, readPlace, start) {
  let after = start
  return async () => {
    for (;;) {
      const limit = 2 * shown
      /** @type {Row[]} */
      const rows = await list(path, { limit, ...(after !== undefined && { after }) })
      // More than these were behind it once: it is gone itself, as after a reset.
      const isGone = rows.length === 0 && after !== start
      const next = rows[shown - 1]
      if (isGone) after = start
      else if (rows.length < limit || next === undefined) return rows
      else after = readPlace(next)
    }
  }
}

/**
 * Follows a list whose places are numbers that rise, of which it may hold many: it begins near the end.
 * @template Row
 * @param {string} path
 * @param {(row: Row) => number} readPlace
 * @param {number} count How many rows there are.
 */
export async function createNumberedTail(path, readPlace, count) {
  /** @type {Row[]} */
  const [first] = await list(path, { limit: 1 })
  const start = first === undefined ? 0 : readPlace(first) - 1 + Math.max(0, count - shown)
  return createTail(path, readPlace, start)
}
