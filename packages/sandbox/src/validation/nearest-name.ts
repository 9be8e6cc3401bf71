import leven from 'leven'

/** The name that is most like another, case and separators aside; `undefined` where half of its letters differ or more. */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  // A long one is like none, and comparing it would take time.
  if (name.length > 64) return undefined
  const [nearest] = known
    .map((other) => ({ other, distance: leven(plain(name), plain(other)) }))
    .sort((one, next) => one.distance - next.distance)
  return nearest && nearest.distance <= name.length / 2 ? nearest.other : undefined
}

const plain = (name: string) => name.replace(/[^a-z0-9]/gi, '').toLowerCase()
