import { execFile } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Bind, isReachableByOthers } from './host.ts'
import { nodeProgram, pythonProgram } from './programs.ts'
import type { PythonPackages } from './python-packages.ts'
import { reachableCopy } from './reachable-copy.ts'

/** What is needed to run an interpreter inside. */
export interface Interpreter {
  readonly binds: readonly Bind[]
  /** Folders whose content is hidden. */
  readonly hidden: readonly string[]
  readonly command: (options: { readonly memoryMegabytes: number }) => readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Processes and threads of its own, that of the walls included. */
  readonly ownProcesses: number
  /** Which limit counts its memory, and what it takes of that before any code runs. */
  readonly memoryLimit: 'as' | 'data'
  readonly ownKilobytes: number
}

const look = `
import json, os, sys, sysconfig
get = sysconfig.get_config_var
print(json.dumps({
  'executable': os.path.realpath(sys.executable),
  'folders': sorted({sysconfig.get_path('stdlib'), sysconfig.get_path('platstdlib'), get('DESTSHARED') or sysconfig.get_path('stdlib')}),
  'library': os.path.join(get('LIBDIR') or '', get('INSTSONAME') or '') if get('Py_ENABLE_SHARED') else None,
  'libraryFolder': get('LIBDIR'),
}))`

interface PythonFacts {
  readonly executable: string
  readonly folders: readonly string[]
  readonly library: string | null
  readonly libraryFolder: string
}

/** @throws where it does not run, or may not be read by the user of a child */
export async function describePython(path: string, packages: PythonPackages | undefined, switchesUser: boolean): Promise<Interpreter> {
  const { stdout } = await promisify(execFile)(path, ['-I', '-S', '-c', look], { env: {}, timeout: 10_000 })
  // Our own script, in the interpreter that the operator chose.
  const facts = JSON.parse(stdout) as PythonFacts
  const folders = facts.folders.filter((folder) => !facts.folders.some((other) => folder.startsWith(`${other}/`)))
  if (switchesUser)
    for (const part of [facts.executable, ...folders, ...(packages?.binds ?? []).map(({ from }) => from)]) assertReachable(part)
  return {
    binds: [
      { from: facts.executable },
      ...folders.map((from) => ({ from })),
      ...(facts.library && existsSync(facts.library) ? [{ from: facts.library }] : []),
      ...(packages?.binds ?? []),
    ],
    hidden: folders.flatMap((folder) => ['site-packages', 'dist-packages'].map((name) => join(folder, name))).filter(existsSync),
    // No site, no user's folder, no variables: the standard library and what is allowed beside it.
    command: () => [facts.executable, '-I', '-S', '-B', '-X', 'utf8', '-c', pythonSource(packages)],
    environment: {
      // Numeric libraries begin a thread for each core otherwise, with memory for each.
      OPENBLAS_NUM_THREADS: '1',
      OMP_NUM_THREADS: '1',
      ...(facts.library ? { LD_LIBRARY_PATH: facts.libraryFolder } : {}),
    },
    ownProcesses: 3,
    memoryLimit: 'as',
    ownKilobytes: 65_536,
  }
}

function assertReachable(path: string): void {
  if (!isReachableByOthers(path))
    throw new Error(`${path} cannot be read by the user under which code runs. Name another interpreter with PYTHON_PATH.`)
}

const pythonSource = (packages: PythonPackages | undefined): string =>
  packages ? `import sys; sys.path.append(${JSON.stringify(packages.folder)})\n${pythonProgram()}` : pythonProgram()

/** `packages` is a folder `node_modules` whose packages the code may require. */
export function describeNode(path: string, packages: string | undefined, switchesUser: boolean): Interpreter {
  const executable = switchesUser ? reachableCopy(realpathSync(path)) : realpathSync(path)
  return {
    binds: [
      { from: executable, at: '/usr/bin/node' },
      ...(packages === undefined ? [] : [{ from: packages, at: '/packages/node_modules' }]),
    ],
    hidden: [],
    command: ({ memoryMegabytes }) => [
      '/usr/bin/node',
      `--max-old-space-size=${memoryMegabytes}`,
      '--v8-pool-size=1',
      '--no-warnings',
      '-e',
      nodeProgram(),
    ],
    environment: { UV_THREADPOOL_SIZE: '2' },
    ownProcesses: 12,
    // It reserves far more addresses than it uses.
    memoryLimit: 'data',
    ownKilobytes: 640_000,
  }
}
