import { defineSpec, type SpecConfig } from 'codegen'

/** A second API, plugged in by the recipe of CONTRIBUTING.md. */
export const specs: SpecConfig[] = [
  defineSpec({ name: 'minimo-g2', source: 'minimo-g2.yaml', rules: 'house', docs: 'docs' }),
]
