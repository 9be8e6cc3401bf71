import { schemas } from '@minimo/api-types/schemas'
import { createMinimoClient } from '@minimo/client'
import { cases, casesFolder } from './cases/index.ts'
import { violations } from './cases/violations.ts'
import { describeContract } from './describe-contract.ts'
import { givens } from './givens.ts'
import { specFile } from './spec.ts'
import type { Target } from './target.ts'
import { targets } from './targets.ts'

const createClient = (target: Target, apiKey: string) =>
  createMinimoClient({ ...target.connection, apiKey, retries: 0 })

describeContract({
  specFile,
  schemas,
  cases,
  casesFolder,
  violations,
  targets,
  connect: createClient,
  prepare: (given, target) => givens[given](createClient(target, target.apiKey)),
})
