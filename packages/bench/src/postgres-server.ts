// The PostgreSQL that the sandbox's own tests run on, in a process of its own; sends the URL of an empty database.
import { startPostgres } from 'test-postgres'
import { announce } from './start-server.ts'

const server = await startPostgres()
announce(await server.createDatabase(), server.close)
