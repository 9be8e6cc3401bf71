import type { OperationSchema } from '@minimo/api-types/schemas'
import type { OperationId } from '../gen/operations.ts'
import { schemas } from '../gen/schemas.ts'
import { createCheckCompiler } from '../validation/compile-check.ts'
import { isObject, oneOf, refuseKind } from '../validation/parse-object.ts'
import { type Problem, violation } from '../validation/problem.ts'
import { escapeToken } from '../validation/resolve-schema.ts'
import { compileUnknownNames, unknownProblem } from '../validation/unknown-names.ts'
import type { Controls } from './controls.ts'
import { chooseSteps, type Scenario } from './play.ts'

/** The same controls for code of users: a wrong argument is a `Refusal` with status 422, as over the control API. */
export function checkArguments(controls: Controls): Controls {
  const check = createArgumentCheck()
  return {
    ...controls,
    seed: async (options = {}) => controls.seed(await check('seed', 'seedContacts', options)),
    play: async (scenario, step) => controls.play(await check('scenario', 'playScenario', scenario), step),
    contacts: async (filter = {}) => controls.contacts(await check('contacts', 'listContacts', filter)),
    events: async (filter = {}) => controls.events(await check('events', 'listEvents', filter)),
    async *followEvents(filter, signal) {
      yield* controls.followEvents(await check('followEvents', 'followEvents', filter), signal)
    },
    runs: async (filter = {}) => controls.runs(await check('runs', 'listRuns', filter)),
    outbox: async (filter = {}) => controls.outbox(await check('outbox', 'listOutbox', filter)),
    requests: async (filter = {}) => controls.requests(await check('requests', 'listRequests', filter)),
    har: async (filter = {}) => controls.har(await check('har', 'exportRequests', filter)),
    async engage(id, what) {
      const isOpen = oneOf(['open', 'click'])(what, 'engage.what') === 'open'
      await check('engage', isOpen ? 'openMessage' : 'clickMessage', { id })
      return controls.engage(id, what)
    },
    clock: {
      ...controls.clock,
      async advance(milliseconds) {
        await check('clock', 'advanceClock', { advance: milliseconds })
        await controls.clock.advance(milliseconds)
      },
    },
  }
}

/** Takes a value for a scenario that can be played; rejects with a `Refusal` that names the part that is none. */
export async function parseScenario(value: unknown): Promise<Scenario> {
  // Sound: what is no scenario is refused at once.
  const scenario = await createArgumentCheck()('scenario', 'playScenario', value as Scenario)
  await chooseSteps(scenario)
  return scenario
}

/** Checks the arguments of an operation of the control API as code gives them: its parameters by name, or its body. */
type CheckArguments = <T extends object>(name: string, operation: OperationId, given: T) => Promise<T>

/**
 * Checks what code gives to a control against what the control API takes in its place. It rejects with a `Refusal` with
 * status 422 that names what is unknown or not valid; otherwise it gives the same without what is `undefined`.
 */
function createArgumentCheck(): CheckArguments {
  const compile = createCheckCompiler(schemas)
  return async (name, operation, given) => {
    if (!isObject(given)) return refuseKind(given, name, 'an object')
    const { parameters, body }: OperationSchema = schemas.operations[operation]
    const pointer = `/operations/${operation}`
    // Sound: what is `undefined` is left out, which each argument allows.
    const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as typeof given
    const problems: Problem[] = []
    for (const [type, { schema }] of Object.entries(body?.content ?? {})) {
      const check = await compile(`${pointer}/body/content/${escapeToken(type)}/schema`, '')
      problems.push(...compileUnknownNames(schemas, schema)(present), ...check(present))
    }
    const places = new Map(
      parameters.map((parameter, index) => [parameter.name, `${pointer}/parameters/${index}/schema`]),
    )
    for (const [key, value] of body ? [] : Object.entries(present)) {
      const place = places.get(key)
      problems.push(
        ...(place === undefined ? [unknownProblem(key, key, [...places.keys()])] : (await compile(place, key))(value)),
      )
    }
    const [first, ...others] = problems.map((problem) => ({ ...problem, field: `${name}.${problem.field}` }))
    if (first) throw violation(422, [first, ...others])
    return present
  }
}
