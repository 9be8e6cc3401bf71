// Judges the descriptions that it is told of, and tells each event: what `wire.ts` starts.
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { judgeDescription } from './judge-description.ts'
import type { Task, WorkerEvent } from './run-workers.ts'

// Whoever works on the machine goes first.
setPriority(10)
const [task] = await once(process, 'message')
const { descriptions, options } = task as Task
const tell = (event: WorkerEvent) => process.send?.(event)
for (const description of descriptions) {
  try {
    for await (const event of judgeDescription(description, options)) tell(event)
    tell({ end: 'judged' })
  } catch (error) {
    const isRefused = error instanceof Error && error.name === 'SpecError'
    tell({ end: isRefused ? 'not generated' : 'broken', told: isRefused ? error.message : String(Object(error).stack) })
  }
}
process.disconnect()
