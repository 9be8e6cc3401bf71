import { setTimeout as sleep } from 'node:timers/promises'

/** Megabytes of heap in use after garbage collection; Node has to be started with `--expose-gc`. */
export async function usedHeap(): Promise<number> {
  // Finalisers run between collections.
  for (let round = 0; round < 5; round++) {
    globalThis.gc?.()
    await sleep(20)
  }
  return process.memoryUsage().heapUsed / 1e6
}

/** How many resources of a type, such as `Timeout`, keep the process alive. */
export const countResources = (type: string): number =>
  process.getActiveResourcesInfo().filter((name) => name === type).length
