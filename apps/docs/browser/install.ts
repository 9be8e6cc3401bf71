import { fileURLToPath } from 'node:url'
import { installTools } from 'packed'

// Fails, with what pnpm said, where the registry cannot be reached: a test that is left out in silence shows nothing.
await installTools(fileURLToPath(new URL('.', import.meta.url)))
