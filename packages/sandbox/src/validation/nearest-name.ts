/** The name that is most like another, case and separators aside; `undefined` where half of its letters differ or more. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  // A long one is like none, and comparing it would take time.
  if (name.length > 64) return undefined
  const [nearest] = known
    .map((other) => ({ other, distance: distanceOf(plain(name), plain(other)) }))
    .sort((one, next) => one.distance - next.distance)
  return nearest && nearest.distance <= name.length / 2 ? nearest.other : undefined
}

const plain = (name: string) => name.replace(/[^a-z0-9]/gi, '').toLowerCase()

/** How many letters have to be put in, taken out or replaced to make one word of another (Levenshtein). */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1]
    for (const [j, wanted] of [...other].entries()) {
      const replaced = (row[j] ?? 0) + (letter === wanted ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
