// `sandbox-server.ts DATABASE CONTACTS`: the sandbox over HTTP, in a process of its own, with so many demo contacts.
import { createSandbox } from '@minimo/sandbox'
import { announce } from './start-server.ts'

const [database = ':memory:', contacts] = process.argv.slice(2)
const sandbox = await createSandbox({ database })
await sandbox.seed({ contacts: Number(contacts) })
const { url } = await sandbox.listen()
announce(url, sandbox.close)
