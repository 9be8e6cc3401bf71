import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { PackedDocument } from 'codegen/descriptions'
import type { JudgedOperation, JudgeEvent, JudgeOptions } from './judge-description.ts'

/** What a worker is given. */
export interface Task {
  descriptions: readonly PackedDocument[]
  options: JudgeOptions
}

/** How a description ended: `limit` where it said nothing for too long, or took too much memory. */
export interface End {
  end: 'judged' | 'not generated' | 'broken' | 'limit'
  told?: string | undefined
}

/** What a worker tells of the description at hand. */
export type WorkerEvent = JudgeEvent | End

/** What came of a description. */
export interface JudgedDescription extends End {
  description: PackedDocument
  /** How many it has. */
  operations: number
  judged: readonly JudgedOperation[]
  /** From the start of the work on it, in seconds. */
  seconds: number
}

/** What all workers share. */
interface Limits {
  /** How many work at the same time. */
  workers: number
  /** How long generating a description, or one operation, may take in seconds. */
  seconds: number
}

/** How many descriptions a process goes through: what it compiles is never freed. */
const batch = 50

/** Judges descriptions in processes of their own, so that none can hold up or end the others. */
export async function runWorkers(
  { descriptions, options }: Task,
  { workers, seconds }: Limits,
  onJudged: (judged: JudgedDescription) => void,
): Promise<void> {
  const open = [...descriptions]
  const work = async () => {
    for (let task = open.splice(0, batch); task.length > 0; task = open.splice(0, batch)) {
      while (task.length > 0) {
        await runWorker({ descriptions: task, options }, seconds, (judged) => {
          task.shift()
          onJudged(judged)
        })
      }
    }
  }
  await Promise.all(Array.from({ length: workers }, work))
}

/** Goes through descriptions until one reaches a limit, or all are judged. */
function runWorker(task: Task, seconds: number, onJudged: (judged: JudgedDescription) => void): Promise<void> {
  const execArgv = ['--max-old-space-size=4000']
  const child = fork(fileURLToPath(new URL('wire-worker.ts', import.meta.url)), { execArgv, stdio: 'ignore' })
  child.send(task)
  const waiting = [...task.descriptions]
  let current = begin(waiting.shift())
  const stop = () => child.kill('SIGKILL')
  const timer = setTimeout(stop, seconds * 1000)
  child.on('message', (message) => {
    timer.refresh()
    const event = message as WorkerEvent
    if ('id' in event) current?.judged.push(event)
    else if ('operations' in event && current) current.operations = event.operations
    else if ('end' in event && current) {
      onJudged(finish(current, event))
      current = begin(waiting.shift())
    }
  })
  return new Promise((resolve) => {
    child.on('close', () => {
      clearTimeout(timer)
      const told = `Nothing came within ${seconds} s, or the memory did not suffice.`
      if (current) onJudged(finish(current, { end: 'limit', told }))
      resolve()
    })
  })
}

const begin = (description?: PackedDocument) =>
  description && { description, operations: 0, judged: [] as JudgedOperation[], start: performance.now() }

function finish({ start, ...current }: NonNullable<ReturnType<typeof begin>>, end: End): JudgedDescription {
  return { ...current, ...end, seconds: (performance.now() - start) / 1000 }
}
