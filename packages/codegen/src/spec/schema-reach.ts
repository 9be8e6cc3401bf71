/** What a question about schemas, or views of them, is made of. */
interface Question<Node> {
  /** The schemas directly below one. */
  below: (schema: Node) => Iterable<Node>
  /** Whether the answer is yes for one, whatever is below it. */
  isMarked: (schema: Node) => boolean
}

/** Tells of each schema whether it, or one that it leads to, is marked; visits each once for all callers. */
export function createReach<Node>({ below, isMarked }: Question<Node>): (schema: Node) => boolean {
  const holders = new Map<Node, Node[]>()
  const reaching = new Set<Node>()

  const mark = (start: Node) => {
    const next = [start]
    for (let schema = next.pop(); schema !== undefined; schema = next.pop()) {
      if (reaching.has(schema)) continue
      reaching.add(schema)
      next.push(...(holders.get(schema) ?? []))
    }
  }

  // Not by recursion, so that no document is too deep for it.
  const visit = (start: Node) => {
    const next = [start]
    holders.set(start, [])
    for (let schema = next.pop(); schema !== undefined; schema = next.pop()) {
      let isFound = isMarked(schema)
      for (const one of below(schema)) {
        const known = holders.get(one)
        if (known) known.push(schema)
        else {
          holders.set(one, [schema])
          next.push(one)
        }
        isFound ||= reaching.has(one)
      }
      if (isFound) mark(schema)
    }
  }

  return (schema) => {
    if (!holders.has(schema)) visit(schema)
    return reaching.has(schema)
  }
}
