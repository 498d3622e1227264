/**
 * Untrusted code, run where it can harm nobody: without the server's environment, files, network and memory, under limits that are set
 * before it runs. Two levels: a whole program, as dify-sandbox's API takes it, and one call of a function `main`, as code nodes need it.
 */
export interface CodeLimits {
  /** Wall time of the code itself; starting an interpreter is not counted. */
  readonly timeoutMs: number
  /** Beyond what the interpreter needs for itself. */
  readonly memoryMegabytes: number
  /** Processes and threads of the code at one time, the interpreter's own threads not counted. */
  readonly processes: number
  /** Largest file, and all files of the private temporary folder together. */
  readonly fileMegabytes: number
  /** Standard output and standard error together. */
  readonly outputBytes: number
  /** JSON text of what `main` returned. */
  readonly resultBytes: number
}

export type SandboxFailureKind =
  /** The code threw, does not parse, has no `main`, or returned what JSON cannot hold. */
  | 'user-error'
  | 'timeout'
  | 'memory'
  | 'output-limit'
  | 'process-limit'
  | 'file-limit'
  /** The code ended its interpreter, or something outside did. */
  | 'crash'
  /** No isolation on this system, no such interpreter, a remote sandbox that does not answer. The message says what to do. */
  | 'unavailable'

export interface SandboxFailure {
  readonly kind: SandboxFailureKind
  /** For the author of the code: what was wrong, and for a limit how much it is and how it is raised. No path or stack of ours. */
  readonly message: string
}

export interface ProgramRequest {
  readonly language: 'python3' | 'nodejs'
  readonly code: string
  /** Runs before the code. */
  readonly preload?: string
  readonly enableNetwork?: boolean
  /** Where silent, the runner's own. */
  readonly limits?: Partial<CodeLimits>
}

export interface ProgramOutcome {
  readonly stdout: string
  readonly stderr: string
  /** Undefined where the program was ended by a signal or never began. */
  readonly exitCode: number | undefined
  /** Why the program did not end by itself with exit code 0. */
  readonly failure: SandboxFailure | undefined
  /** What kept the program in: `bubblewrap`, `remote`, ... */
  readonly mechanism: string
}

export interface ProgramRunner {
  /** Runs one program to its end. A failure is a value. @throws the signal's reason where it aborts */
  run(request: ProgramRequest, signal: AbortSignal): Promise<ProgramOutcome>
}

export interface CodeCall {
  readonly language: 'python3' | 'javascript'
  /**
   * Source with a function `main`, which may be async. Python gets the inputs as keyword arguments by name, JavaScript as one object.
   */
  readonly code: string
  /** JSON text of an object. Text and not values: Python tells 1 from 1.0, JavaScript does not. */
  readonly inputsJson: string
  readonly enableNetwork?: boolean
  /** Where silent, the sandbox's own. */
  readonly limits?: Partial<CodeLimits>
}

export type CodeOutcome =
  | {
      readonly ok: true
      /** What `main` returned, as JSON text; `1.0` from Python is `1.0` here. Whether it has the right shape is the caller's business. */
      readonly resultJson: string
      /** What the code printed. */
      readonly stdout: string
      readonly mechanism: string
    }
  | { readonly ok: false; readonly error: SandboxFailure; readonly mechanism: string }

/** One way of calling `main`. */
export interface CodeCaller {
  /** @throws the signal's reason where it aborts; the code has ended by then */
  call(call: CodeCall, signal: AbortSignal): Promise<CodeOutcome>
}

/** What is in force, for `doctor` and logs. */
export interface SandboxMechanism {
  readonly language: 'python3' | 'javascript'
  /** `bubblewrap`, `isolate`, `remote`; `none` where code in this language is refused. */
  readonly name: string
  /** One sentence: what isolates, or why nothing does and what would mend it. */
  readonly description: string
}

export interface CodeSandbox extends CodeCaller, ProgramRunner {
  /** Tries what it would use. Takes up to a second where nothing has run yet. */
  mechanisms(): Promise<readonly SandboxMechanism[]>
  /** Ends all children; calls under way fail as `unavailable`. */
  close(): Promise<void>
}
