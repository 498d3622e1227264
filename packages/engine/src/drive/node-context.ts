import type { NodeChunk, NodeContext, NodeServices, RunFacts, Submission } from '@trellis/spec'
import type { VariableReader } from '@trellis/variables'
import type { Execution } from '../run/execution.ts'

/** What an execution gets. Most nodes never look at the signal nor tell anything, so both are made when they do. */
export class ExecutionContext implements NodeContext {
  readonly run: RunFacts
  readonly services: NodeServices
  readonly #execution: Execution
  readonly #tell: (executionId: string, chunk: NodeChunk) => void
  #emit: NodeContext['emit'] | undefined
  #controller: AbortController | undefined
  #isCancelled = false

  constructor(options: {
    readonly execution: Execution
    readonly run: RunFacts
    readonly services: NodeServices
    readonly emit: (executionId: string, chunk: NodeChunk) => void
  }) {
    this.run = options.run
    this.services = options.services
    this.#execution = options.execution
    this.#tell = options.emit
  }

  get nodeId(): string {
    return this.#execution.node.id
  }

  get executionId(): string {
    return this.#execution.id
  }

  get title(): string {
    return this.#execution.node.title
  }

  get config(): unknown {
    return this.#execution.node.config
  }

  get variables(): VariableReader {
    return this.#execution.frame.pool
  }

  get attempt(): number {
    return this.#execution.attempt
  }

  get hasErrorHandling(): boolean {
    const { retry, errorStrategy } = this.#execution.node
    return retry !== undefined || errorStrategy !== undefined
  }

  get submission(): Submission | undefined {
    return this.#execution.submission
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.#isCancelled) this.#controller.abort()
    return this.#controller.signal
  }

  get emit(): NodeContext['emit'] {
    this.#emit ??= (chunk) => this.#tell(this.#execution.id, chunk)
    return this.#emit
  }

  cancel(): void {
    this.#isCancelled = true
    this.#controller?.abort()
  }
}
