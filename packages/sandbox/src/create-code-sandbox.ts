import { availableParallelism } from 'node:os'
import type { CodeLimits, CodeSandbox, Egress, Logger } from '@trellis/spec'
import { createBubblewrap } from './bubblewrap/create-bubblewrap.ts'
import { findPython } from './bubblewrap/find-python.ts'
import { describeNode, describePython } from './bubblewrap/interpreter.ts'
import { findPythonPackages, type PythonPackages } from './bubblewrap/python-packages.ts'
import { createSandboxEgress, type SandboxEgressOptions } from './bubblewrap/sandbox-egress.ts'
import { createYard, isRoot } from './bubblewrap/yard.ts'
import { chooseRunners } from './choose-runners.ts'
import { createIsolate } from './isolate/create-isolate.ts'
import { createIsolateHost } from './isolate/isolate-host.ts'
import { defaultLimits } from './limits.ts'
import { createRemote } from './remote/create-remote.ts'

export interface CodeSandboxOptions {
  /** Where silent, the usual ones: 15 s, 256 MB, 8 processes, files of 16 MB, 1 MB printed, a result of 16 MB. */
  readonly limits?: Partial<CodeLimits>
  /** Requests that run at a time on this machine; the others wait. */
  readonly concurrency: number
  /** Interpreters of each language that wait ready once code in it has run. */
  readonly warmInterpreters: number
  /** Children that nobody has needed for so long are ended. */
  readonly idleMs: number
  /** A sandbox elsewhere does everything, where one is named. */
  readonly remote?: {
    /** Without a trailing slash. */
    readonly url: string
    readonly apiKey: string
    readonly egress: Egress
    readonly connectTimeoutMs: number
    readonly readTimeoutMs: number
  }
  /** What code reaches where it asks for the network. Undefined: no code has a network. */
  readonly network?: SandboxEgressOptions
  /** Undefined: the first Python that is found. */
  readonly pythonPath?: string
  /** Installed packages that Python code may import, with what they require, by their names on the index. */
  readonly pythonPackages?: readonly string[]
  /** Undefined: the Node that runs this. */
  readonly nodePath?: string
  /** A folder `node_modules` whose packages JavaScript code may require. */
  readonly nodePackagesFolder?: string
  readonly logger: Logger
}

export interface OpenCodeSandbox extends CodeSandbox {
  /** What `pythonPackages` came to. @throws where one of them is not installed */
  listPythonPackages(): Promise<PythonPackages['list']>
}

/** Runs code by the best means that this machine has. Nothing starts before the first request. */
export function createCodeSandbox(options: CodeSandboxOptions): OpenCodeSandbox {
  const limits = { ...defaultLimits, ...options.limits }
  return options.remote
    ? createRemoteSandbox({ ...options.remote, outputBytes: limits.outputBytes + limits.resultBytes })
    : createLocalSandbox(options, limits)
}

function createRemoteSandbox(options: Parameters<typeof createRemote>[0]): OpenCodeSandbox {
  const remote = createRemote(options)
  return {
    run: remote.run,
    call: remote.call,
    async mechanisms() {
      const description = await remote.check().then(
        () => `The sandbox at ${options.url}.`,
        (error: Error) => error.message,
      )
      return (['python3', 'javascript'] as const).map((language) => ({ language, name: 'remote', description }))
    },
    listPythonPackages: async () => [],
    close: async () => undefined,
  }
}

function createLocalSandbox(options: CodeSandboxOptions, limits: CodeLimits): OpenCodeSandbox {
  const { pythonPackages = [] } = options
  const nodePath = options.nodePath ?? process.execPath
  const pythonPath = (): string => options.pythonPath ?? findPython()
  const findPackages = async (): Promise<PythonPackages | undefined> =>
    pythonPackages.length === 0 ? undefined : findPythonPackages(pythonPath(), pythonPackages)

  const yard = createYard({
    limits,
    warm: options.warmInterpreters,
    idleMs: options.idleMs,
    egress: options.network ? createSandboxEgress(options.network) : undefined,
    interpreters: {
      python3: async ({ switchesUser }) => describePython(pythonPath(), await findPackages(), switchesUser),
      nodejs: async ({ switchesUser }) => describeNode(nodePath, options.nodePackagesFolder, switchesUser),
    },
  })
  const bubblewrap = createBubblewrap({
    yard,
    limits,
    concurrency: options.concurrency,
    allowsNetwork: options.network !== undefined,
  })
  const host = createIsolateHost({ nodePath, memoryMegabytes: limits.memoryMegabytes, yard, switchesUser: isRoot() })
  // One call keeps a core busy: more children than cores would only stand in each other's way.
  const children = Math.min(options.concurrency, availableParallelism())
  const isolate = createIsolate({ limits, children, idleMs: options.idleMs, command: host.command })
  return {
    ...chooseRunners({ bubblewrap, isolate, isolateHost: host.description, logger: options.logger }),
    listPythonPackages: async () => (await findPackages())?.list ?? [],
    async close() {
      await isolate.close()
      await yard.close()
    },
  }
}
