/** What was done, and what came of it. */
export interface Step {
  name: string
  /** What came of it, in a few words. */
  outcome: string
  milliseconds: number
}

/**
 * Runs a part of something longer under a name, and gives what it gives; `tell` says in a few words what came of it.
 * Default: what it gives, a text.
 */
export interface RunStep {
  (name: string, action: () => Promise<string>): Promise<string>
  <Found>(name: string, action: () => Promise<Found>, tell: (found: Found) => string): Promise<Found>
}

/** A step did not come to what it must. Its message is the output of what failed, or the sentence that does not hold. */
export class StepError extends Error {
  override readonly name = 'StepError'
  /** The name of the step. */
  readonly step: string

  constructor(step: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause })
    this.step = step
  }
}

/** Makes a function that runs steps, one after the other, and tells of each that came to its end. */
export function createSteps(onStep: (step: Step) => void): RunStep {
  return async <Found>(name: string, action: () => Promise<Found>, tell: (found: Found) => string = String) => {
    const start = performance.now()
    try {
      const found = await action()
      onStep({ name, outcome: tell(found), milliseconds: performance.now() - start })
      return found
    } catch (error) {
      throw new StepError(name, error)
    }
  }
}

/** Throws where a sentence does not hold; `found` is what there is instead. */
export function ensure(holds: boolean, sentence: string, found: unknown): asserts holds {
  if (holds) return
  throw new Error(
    `Expected: ${sentence}.\nFound: ${typeof found === 'string' ? found : JSON.stringify(found, null, 2)}`,
  )
}
