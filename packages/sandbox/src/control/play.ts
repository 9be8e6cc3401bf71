import { Refusal } from '../exchange/refusal.ts'
import type { FaultRule } from '../faults/fault.ts'
import { parseFaultRule } from '../faults/parse-fault.ts'
import type { components } from '../gen/schema.ts'
import { parseSnapshot, type Snapshot } from '../storage/snapshot-tables.ts'
import { unknownName, within } from '../validation/parse-object.ts'
import type { Controls } from './controls.ts'

/** What is done to a sandbox for a test, in steps: plain data, so that it can stand in a JSON file. */
export type Scenario = components['schemas']['Scenario']

type Step = Scenario['steps'][number]

/**
 * The steps to do: all, or the one of this name. Rejects with a `Refusal` with status 422 where there is none, or anything
 * in the scenario could not be done, whichever step it is in.
 */
export async function chooseSteps({ steps }: Scenario, name?: string): Promise<readonly Step[]> {
  const names = steps.flatMap(({ name = [] }) => name)
  const repeated = names.find((name, place) => names.indexOf(name) !== place)
  if (repeated !== undefined) throw new Refusal(422, `scenario.steps: two are named ${repeated}`)
  for (const [index, { faults = [], snapshot }] of steps.entries()) {
    const place = `scenario.steps.${index}`
    for (const [at, rule] of faults.entries()) within(`${place}.faults.${at}`, () => parseFaultRule(rule))
    if (snapshot !== undefined) await readWhole(snapshot).catch((error) => within(place, () => raise(error)))
  }
  if (name === undefined) return steps
  const found = steps.filter((step) => step.name === name)
  if (found.length === 0) throw new Refusal(422, `step: ${unknownName(name, names)}`)
  return found
}

async function readWhole(snapshot: unknown): Promise<void> {
  const batches = parseSnapshot(snapshot)
  while (!(await batches.next()).done);
}

function raise(error: unknown): never {
  throw error
}

/** Does what a step says, with the controls there are. */
export async function playStep(
  { reset, snapshot, advance, seed, faults }: Step,
  controls: Pick<Controls, 'reset' | 'restore' | 'clock' | 'seed' | 'faults'>,
): Promise<void> {
  if (reset) await controls.reset()
  // Sound, as is the cast of a rule: `chooseSteps` has parsed them.
  if (snapshot !== undefined) await controls.restore(snapshot as Snapshot)
  if (advance !== undefined) await controls.clock.advance(advance)
  if (seed !== undefined) await controls.seed(seed)
  if (faults === undefined) return
  controls.faults.remove()
  for (const rule of faults) controls.faults.add(rule as FaultRule)
}
