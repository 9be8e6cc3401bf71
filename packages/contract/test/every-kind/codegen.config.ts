import { defineSpec, type SpecConfig } from 'codegen'

/** Each way in which the standard lets parameters, keys and bodies be written. */
export const specs: SpecConfig[] = [defineSpec({ name: 'every-kind', source: 'every-kind.yaml', rules: 'vendor' })]
