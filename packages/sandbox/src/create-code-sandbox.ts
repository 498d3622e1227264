import type { CodeCaller, CodeLimits, CodeSandbox, Egress, Logger, ProgramRunner, SandboxMechanism } from '@trellis/spec'
import { type Bubblewrap, createBubblewrap } from './bubblewrap/create-bubblewrap.ts'
import { findPython } from './bubblewrap/find-python.ts'
import { describeNode, describePython } from './bubblewrap/interpreter.ts'
import { defaultLimits } from './limits.ts'
import { createNone } from './none/create-none.ts'
import { createRemote } from './remote/create-remote.ts'

export interface CodeSandboxOptions {
  /** Where silent, the usual ones: 15 s, 256 MB, 8 processes, files of 16 MB. */
  readonly limits?: Partial<CodeLimits>
  /** Requests that run at a time on this machine; the others wait. */
  readonly concurrency: number
  /** Interpreters of each language that wait ready once code in it has run. */
  readonly warmInterpreters: number
  readonly idleMs: number
  /** A sandbox elsewhere does everything, where one is named. */
  readonly remote?: {
    readonly url: string
    readonly apiKey: string
    readonly egress: Egress
    readonly connectTimeoutMs: number
    readonly readTimeoutMs: number
  }
  /** `PATH` of the server: where bubblewrap and Python are looked for after the system's own folders. */
  readonly searchPath: string
  /** Undefined: the first Python that is found. */
  readonly pythonPath?: string
  /** Undefined: the Node that runs this. */
  readonly nodePath?: string
  readonly logger: Logger
}

/** Runs code by the best means that this machine has. Nothing starts before the first request. */
export function createCodeSandbox(options: CodeSandboxOptions): CodeSandbox {
  const limits = { ...defaultLimits, ...options.limits }
  return options.remote
    ? createRemoteSandbox({ ...options.remote, outputBytes: limits.outputBytes + limits.resultBytes })
    : createLocalSandbox(options, limits)
}

function createRemoteSandbox(options: Parameters<typeof createRemote>[0]): CodeSandbox {
  const remote = createRemote(options)
  return {
    ...remote,
    async mechanisms() {
      const description = await remote.check().then(
        () => `The sandbox at ${options.url}.`,
        (error: Error) => error.message,
      )
      return (['python3', 'javascript'] as const).map((language) => ({ language, name: 'remote', description }))
    },
    close: async () => undefined,
  }
}

type Runner = CodeCaller & ProgramRunner
type Language = 'python3' | 'nodejs'

/** After a machine was found unable to isolate, it is not asked again for so long. */
const REFUSAL_MS = 15_000

function createLocalSandbox(options: CodeSandboxOptions, limits: CodeLimits): CodeSandbox {
  const bubblewrap = openBubblewrap(options, limits)
  const chosen: Partial<Record<Language, Promise<Runner>>> = {}

  /** The reference runner where it works for this language, else one that refuses. */
  function runnerOf(language: Language): Promise<Runner> {
    chosen[language] ??= bubblewrap.check(language).then(
      () => bubblewrap,
      (error: Error) => {
        options.logger.warn({ language, reason: error.message }, 'Code in this language cannot be run')
        setTimeout(() => delete chosen[language], REFUSAL_MS).unref()
        return createNone(error.message)
      },
    )
    return chosen[language]
  }

  return {
    run: async (request, signal) => (await runnerOf(request.language)).run(request, signal),
    call: async (call, signal) => (await runnerOf(call.language === 'javascript' ? 'nodejs' : 'python3')).call(call, signal),
    mechanisms: () =>
      Promise.all([describeMechanism(bubblewrap, 'python3', 'python3'), describeMechanism(bubblewrap, 'nodejs', 'javascript')]),
    close: () => bubblewrap.close(),
  }
}

async function describeMechanism(
  bubblewrap: Bubblewrap,
  language: Language,
  name: SandboxMechanism['language'],
): Promise<SandboxMechanism> {
  try {
    await bubblewrap.check(language)
    return { language: name, name: 'bubblewrap', description: 'A process in namespaces of its own, for each call.' }
  } catch (error) {
    return { language: name, name: 'none', description: error instanceof Error ? error.message : String(error) }
  }
}

function openBubblewrap(options: CodeSandboxOptions, limits: CodeLimits): Bubblewrap {
  const { searchPath, concurrency, warmInterpreters: warm, idleMs } = options
  return createBubblewrap({
    limits,
    searchPath,
    concurrency,
    warm,
    idleMs,
    interpreters: {
      python3: async ({ switchesUser }) => describePython(options.pythonPath ?? findPython(searchPath), undefined, switchesUser),
      nodejs: async ({ switchesUser }) => describeNode(options.nodePath ?? process.execPath, undefined, switchesUser),
    },
  })
}
