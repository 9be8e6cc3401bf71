// Prism's mock of the same spec, in a process of its own.
import { startMock } from 'contract'
import { announce } from './start-server.ts'

const { url, close } = await startMock()
announce(url, close)
