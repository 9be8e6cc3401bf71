// Brings src/version.ts in line with package.json, after the release has raised it.
import { readFileSync, writeFileSync } from 'node:fs'

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const file = new URL('src/version.ts', import.meta.url)
const text = readFileSync(file, 'utf8').replace(/version = '.*'/, `version = '${version}'`)
writeFileSync(file, text)
