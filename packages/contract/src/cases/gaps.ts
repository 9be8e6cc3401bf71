import { findUncovered, formatGaps } from '../coverage.ts'
import { readSpec, specFile } from '../spec.ts'
import { cases, casesFolder } from './index.ts'

// `npx --yes pnpm@12.21.0 gaps` runs this before anything is built: it may load no package that has to be.
const gaps = findUncovered(readSpec(specFile), cases)
if (gaps.length > 0) {
  console.error(formatGaps(gaps, casesFolder))
  process.exitCode = 1
}
