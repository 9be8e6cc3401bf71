import { listOperations, type OpenApiDocument, type OperationEntry, resolve } from 'codegen/document'

/** A program as the bundled description ships it. */
export interface ShippedSample {
  entry: OperationEntry
  /** The language, such as `Shell`. */
  lang: string
  /** What people choose it by. */
  label: string
  source: string
  /** The example of the request body that it sends. */
  example?: string
}

/** The programs of a description, in its order. Throws where one of several does not say which example it sends. */
export const listShippedSamples = (spec: OpenApiDocument): ShippedSample[] =>
  listOperations(spec).flatMap((entry) => {
    const samples = Reflect.get(entry.operation, 'x-codeSamples') as Omit<ShippedSample, 'entry'>[] | undefined
    const examples = listExamples(spec, entry)
    return (samples ?? []).map((sample) => {
      if (examples.length === 0) return { ...sample, entry }
      const found =
        examples.length === 1 ? examples[0] : examples.find(({ told }) => sample.label.endsWith(`: ${told}`))
      if (!found) throw new Error(`${entry.id}: "${sample.label}" names none of the examples of the body`)
      return { ...sample, entry, example: found.name }
    })
  })

/** The examples of a body, and how labels tell them. */
function listExamples(spec: OpenApiDocument, { operation }: OperationEntry) {
  const media = Object.values((operation.requestBody && resolve(spec, operation.requestBody).content) ?? {})
  return media.flatMap(({ examples = {} }) =>
    Object.entries(examples).map(([name, one]) => {
      const { summary = name } = resolve(spec, one) as { summary?: string }
      return { name, told: summary }
    }),
  )
}
