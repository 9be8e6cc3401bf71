import { enableCompileCache } from 'node:module'
import { runProgram } from './commands/run-program.ts'

enableCompileCache()

process.exitCode = await runProgram(process.argv.slice(2))
