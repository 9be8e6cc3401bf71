// Preloaded into a measured process: on exit it leaves what the process used in the file that USAGE_FILE names.
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const usage = { cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 }
  writeFileSync(process.env.USAGE_FILE ?? '', JSON.stringify(usage))
})
