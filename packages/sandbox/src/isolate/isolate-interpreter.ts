import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Interpreter } from '../bubblewrap/interpreter.ts'
import { isolateProgram } from '../bubblewrap/programs.ts'
import { reachableCopy } from '../bubblewrap/reachable-copy.ts'

const INSIDE = '/packages/node_modules'

/** Where isolated-vm and what it loads its binary with are installed. @throws where it is not: it is an optional dependency */
export function findIsolatedVm(): { readonly isolatedVm: string; readonly loader: string } {
  const require = createRequire(import.meta.url)
  const isolatedVm = dirname(require.resolve('isolated-vm/package.json'))
  return { isolatedVm, loader: dirname(createRequire(join(isolatedVm, 'package.json')).resolve('node-gyp-build/package.json')) }
}

/** Node with isolated-vm, as a child behind the walls runs it. */
export function describeIsolateHost(nodePath: string, memoryMegabytes: number, switchesUser: boolean): Interpreter {
  const found = findIsolatedVm()
  const readable = (path: string): string => (switchesUser ? reachableCopy(realpathSync(path)) : realpathSync(path))
  return {
    binds: [
      { from: readable(nodePath), at: '/usr/bin/node' },
      { from: readable(found.isolatedVm), at: `${INSIDE}/isolated-vm` },
      { from: readable(found.loader), at: `${INSIDE}/node-gyp-build` },
    ],
    hidden: [],
    command: () => ['/usr/bin/node', ...isolateParameters(`${INSIDE}/isolated-vm/`, memoryMegabytes)],
    environment: {},
    ownProcesses: 24,
    memoryLimit: 'data',
    // Node's own and that of two isolates, one of which waits: each reserves half a gigabyte of addresses for its machine code.
    ownKilobytes: 2_200_000,
  }
}

/**
 * isolated-vm asks for the first flag from Node 20 on. Without the third each isolate would compute the hashes of its snapshot's strings
 * anew, a tenth of what it costs; what guesses the seed could slow down nothing but its own call.
 */
export function isolateParameters(isolatedVm: string, memoryMegabytes: number): readonly string[] {
  const settings = `globalThis.isolatedVmFrom = ${JSON.stringify(isolatedVm)}; globalThis.isolateSettings = { memoryMegabytes: ${memoryMegabytes} };`
  return ['--no-node-snapshot', '--no-warnings', '--no-rehash-snapshot', '-e', `${settings}\n${isolateProgram()}`]
}
