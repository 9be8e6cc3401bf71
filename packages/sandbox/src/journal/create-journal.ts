import { setImmediate } from 'node:timers/promises'
import { findRunStates } from '../automations/runs.ts'
import { parseOperation } from '../faults/parse-fault.ts'
import type { AnsweredCall } from '../handlers/documented-api.ts'
import type { Query } from '../storage/database.ts'
import type { JournalEntry, JournalFilter, JournalOptions } from './journal-entry.ts'
import { type KeptCall, keepCall } from './keep-call.ts'
import { createRedactor, hideKeys } from './redact.ts'
import { callId, toEntry } from './to-entry.ts'

/** What a sandbox was asked and what it answered: of one process, in its memory. */
export interface Journal {
  /** Keeps a call. It takes little: what is costly is done when calls are listed. */
  record(call: AnsweredCall): void
  /**
   * The calls that a filter wants, in the order in which they were answered: at most 1000 unless it says otherwise.
   * Rejects with a `Refusal` with status 422 for an operation that there is not.
   */
  list(filter?: JournalFilter): Promise<JournalEntry[]>
  /** Forgets all calls. */
  reset(): void
}

/** How much all that is kept may weigh, in bytes: 16 MiB. */
const maxWeight = 16 * 1024 * 1024

/** How many entries are made at a time: some milliseconds of work. */
const turn = 50

/** Creates the journal of one process. `query` finds out how runs stand. */
export function createJournal({
  query,
  limit: mostKept = 1000,
  personalData = false,
}: JournalOptions & { query: Query }): Journal {
  const redact = personalData ? (entry: JournalEntry) => entry : createRedactor()
  // What is dropped leaves a gap before `first`, now and then closed: moving all others each time would take longer.
  let calls: (KeptCall | undefined)[] = []
  let first = 0
  let weight = 0

  function dropFirst(): void {
    weight -= calls[first]?.weight ?? 0
    calls[first] = undefined
    first++
  }

  return {
    record(call) {
      const kept = keepCall(call)
      calls.push(kept)
      weight += kept.weight
      while (calls.length - first > mostKept || weight > maxWeight) dropFirst()
      if (first < mostKept) return
      calls = calls.slice(first)
      first = 0
    },
    async list(filter = {}) {
      if (filter.operation !== undefined) parseOperation(filter.operation, 'operation')
      const wanted = selectCalls(
        calls.filter((call) => call !== undefined),
        filter,
      )
      const runs = wanted.flatMap(({ trace }) => trace.recorded?.runs ?? [])
      const states = await findRunStates(query, runs)
      const entries: JournalEntry[] = []
      for (const call of wanted) {
        entries.push(hideKeys(redact(await toEntry(call, states))))
        // Requests are answered meanwhile.
        if (entries.length % turn === 0) await setImmediate()
      }
      return entries
    },
    reset() {
      calls = []
      first = 0
      weight = 0
    },
  }
}

function selectCalls(calls: readonly KeptCall[], filter: JournalFilter): KeptCall[] {
  const { after, operation, status, method, limit = 1000 } = filter
  // Where it is no longer kept, all that are were answered after it.
  const start = after === undefined ? 0 : calls.findIndex((call) => callId(call) === after) + 1
  return calls
    .slice(start)
    .filter((call) => operation === undefined || call.trace.operation === operation)
    .filter((call) => status === undefined || call.status === status)
    .filter((call) => method === undefined || call.method === method)
    .slice(0, limit)
}
