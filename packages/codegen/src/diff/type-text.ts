import ts from 'typescript'

/** Tells the name of a type that is a component schema. */
export type NameOf = (type: ts.Type) => string | undefined

/** The longest text of a type, in characters. */
const longest = 79

/** Types as text for a sentence, shortened: by the names of component schemas, else as TypeScript writes them. */
export function describeTypes(types: readonly ts.Type[], checker: ts.TypeChecker, nameOf: NameOf): string {
  const text = types.map((type) => describe(type, checker, nameOf)).join(' | ')
  return `\`${text.length > longest ? `${text.slice(0, longest - 1)}…` : text}\``
}

function describe(type: ts.Type, checker: ts.TypeChecker, nameOf: NameOf): string {
  const name = nameOf(type)
  if (name !== undefined) return name
  const texts = (types: readonly ts.Type[]) => types.map((one) => describe(one, checker, nameOf))
  if (type.aliasSymbol && type.aliasTypeArguments) {
    return `${type.aliasSymbol.name}<${texts(type.aliasTypeArguments).join(', ')}>`
  }
  if (type.isUnionOrIntersection() && type.types.some(nameOf)) {
    const members = type.types.filter(({ flags }) => !(flags & ts.TypeFlags.Undefined))
    return texts(members).join(type.isUnion() ? ' | ' : ' & ')
  }
  const [element] = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference) : []
  if (element && nameOf(element) !== undefined) return `${nameOf(element)}[]`
  // An optional property also has the type `undefined`; an open enum takes any other string.
  return checker
    .typeToString(type)
    .replace(/ \| undefined$/, '')
    .replaceAll(/\(?string & \{\}\)?/g, 'string')
}
