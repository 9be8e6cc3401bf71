/** Characters that classes in patterns are tried with. */
const characters = [...'a1A-_. /:@+#,;=*%&!?$~|()[]{}<>"\'\\^`', 'é']

/** What has been read of a pattern. */
interface Reader {
  pattern: string
  at: number
}

/**
 * A short text that a pattern is likely to match; the caller checks it. `undefined` for what is not understood here, such
 * as a look ahead. Of alternatives the first is taken, of repetitions the fewest.
 */
export function textOfPattern(pattern: string): string | undefined {
  if (!isPattern(pattern)) return undefined
  const reader: Reader = { pattern, at: 0 }
  const text = readAlternatives(reader)
  return reader.at === pattern.length ? text : undefined
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern) instanceof RegExp
  } catch {
    return false
  }
}

function readAlternatives(reader: Reader): string | undefined {
  const first = readSequence(reader)
  while (reader.pattern[reader.at] === '|') {
    reader.at++
    if (readSequence(reader) === undefined) return undefined
  }
  return first
}

function readSequence(reader: Reader): string | undefined {
  let text = ''
  while (reader.at < reader.pattern.length && !/[|)]/.test(reader.pattern[reader.at] ?? '')) {
    const atom = readAtom(reader)
    if (atom === undefined) return undefined
    text += atom.repeat(readCount(reader))
  }
  return text
}

function readAtom(reader: Reader): string | undefined {
  const rest = reader.pattern.slice(reader.at)
  const [start = ''] = /^(?:\((?:\?:|\?<\w+>)?|\[\^?(?:\\.|[^\]\\])+\]|\\[^bBpPkux\d]|[^\\[(?*+{])/.exec(rest) ?? []
  reader.at += start.length
  if (start.startsWith('(')) {
    const text = readAlternatives(reader)
    return reader.pattern[reader.at++] === ')' ? text : undefined
  }
  if (start === '^' || start === '$') return ''
  return start.length > 1 || start === '.' ? findCharacter(start) : start || undefined
}

/** The first character of a class or escape that it stands for. */
function findCharacter(atom: string): string | undefined {
  const own = /^\[(\w)/.exec(atom)?.[1]
  return [...characters, ...(own ? [own] : [])].find((one) => new RegExp(`^${atom}$`).test(one))
}

function readCount(reader: Reader): number {
  const [quantifier = '', least = '1'] =
    /^(?:[?*]|\+|\{(\d+)(?:,\d*)?\})\??/.exec(reader.pattern.slice(reader.at)) ?? []
  reader.at += quantifier.length
  // What is longer is no sample.
  return /^[?*]/.test(quantifier) ? 0 : Math.min(Number(least), 1000)
}
