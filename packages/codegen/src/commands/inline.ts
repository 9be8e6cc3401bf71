import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import ts from 'typescript'
import { displayPath } from '../spec/problem.ts'
import { UserError } from '../spec/user-error.ts'
import type { Command } from './command.ts'

/** `inline FOLDER`: puts into a built package what it uses of packages that are not published with it. */
export const inlineCommand: Command = {
  operand: 'FOLDER',
  options: {},
  usage: `Usage: codegen inline FOLDER

Copies into dist/inlined of the package in FOLDER what its built modules import of its devDependencies: modules and
declarations as they are, and what these import in turn. Whoever installs the package needs nothing else.`,

  async run({ file }) {
    const folder = resolve(file)
    const count = inlineImports(folder)
    console.log(`${count} files of other packages are in ${displayPath(join(folder, 'dist/inlined'))}.`)
    return 0
  },
}

/** A file, and where it is to be. */
interface Copy {
  from: string
  to: string
}

/** A package that is being built. */
interface Build {
  folder: string
  /** Where what is copied goes. */
  inlined: string
  /** The packages that are installed with it. */
  dependencies: ReadonlySet<string>
}

/** Copies what the built modules of a package import of others, and returns how many files that are. */
function inlineImports(folder: string): number {
  const dist = join(folder, 'dist')
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const build: Build = {
    folder,
    inlined: join(dist, 'inlined'),
    dependencies: new Set(Object.keys({ ...dependencies, ...peerDependencies })),
  }
  const own = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(?:js|d\.ts)$/.test(file) && !file.startsWith('inlined'))
    .map((file) => join(dist, file))
  const files = new Map(own.map((file) => [file, file]))
  const texts: [to: string, text: string][] = []
  // What is copied may import more, which then comes last.
  for (const [to, from] of files) {
    const { text, copies } = rewriteImports(build, { from, to })
    texts.push([to, text])
    for (const copy of copies) if (!files.has(copy.to)) files.set(copy.to, copy.from)
  }
  for (const [to, text] of texts) {
    mkdirSync(dirname(to), { recursive: true })
    writeFileSync(to, text)
  }
  return files.size - own.length
}

/** A file as it is where it goes, and what it needs there. */
function rewriteImports(build: Build, { from, to }: Copy): { text: string; copies: Copy[] } {
  // Maps lead to sources that are not copied.
  let text = readFileSync(from, 'utf8').replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
  const copies: Copy[] = []
  const { importedFiles } = ts.preProcessFile(text, true, true)
  for (const { fileName: name, pos } of importedFiles.toReversed()) {
    const start = text.indexOf(name, pos)
    if (name.startsWith('.')) {
      if (from !== to)
        copies.push(...withDeclarations({ from: resolve(dirname(from), name), to: resolve(dirname(to), name) }))
    } else if (!isInstalled(build, name)) {
      const module = findModule(build, name, from)
      copies.push(...withDeclarations(module))
      const path = relative(dirname(to), module.to).split(sep).join('/')
      text = text.slice(0, start) + (path.startsWith('.') ? path : `./${path}`) + text.slice(start + name.length)
    }
  }
  return { text, copies }
}

/** The module and its declarations, whichever of them is named; declarations name modules as the source does. */
function withDeclarations({ from, to }: Copy): Copy[] {
  const both = (file: string) => ['.js', '.d.ts'].map((extension) => file.replace(/(?:\.d)?\.[jt]s$/, extension))
  const targets = both(to)
  return both(from).flatMap((file, index) => (existsSync(file) ? [{ from: file, to: targets[index] ?? file }] : []))
}

function isInstalled({ dependencies }: Build, name: string): boolean {
  const [, owner = name] = /^((?:@[^/]+\/)?[^/]+)/.exec(name) ?? []
  return isBuiltin(name) || dependencies.has(owner)
}

/** Where the module is that a file imports of a package, and where it goes. Only what the package itself lists is copied. */
function findModule({ folder, inlined }: Build, name: string, from: string): Copy {
  const settings = { module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext }
  const found = from.startsWith(join(folder, 'dist'))
    ? ts.resolveModuleName(name, from, settings, ts.sys, undefined, undefined, ts.ModuleKind.ESNext).resolvedModule
    : undefined
  const { name: owner, subModuleName } = found?.packageId ?? {}
  if (found && owner !== undefined && subModuleName !== undefined) {
    const place = subModuleName.replace(/^dist\//, '').replace(/\.d\.ts$/, '.js')
    return { from: found.resolvedFileName, to: join(inlined, basename(owner), place) }
  }
  throw new UserError(
    `Expected ${displayPath(join(folder, 'package.json'))} to list what ${displayPath(from)} imports; found no ${name}. Add it to dependencies, or to peerDependencies where it is optional.`,
  )
}
