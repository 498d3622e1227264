import type { RunEvent } from '@trellis/contracts'
import type { NodeChunk, NodeContext, NodeOutcome, NodeServices, NodeType, RunFacts, Submission } from '@trellis/spec'
import { takeUp } from '../fold/take-up.ts'
import type { Execution } from '../run/execution.ts'
import type { WorkflowRun } from '../run/workflow-run.ts'
import { ExecutionContext } from './node-context.ts'

export interface DriverPorts {
  /** Milliseconds since 1970. */
  now(): number
  /** Calls back after a while; returns what takes that back. */
  after(delayMs: number, callback: () => void): () => void
  /** Told at once, in order. */
  onEvents(events: readonly RunEvent[]): void
  /** Resolves when all that was told is durable: asked before an effect that must not happen twice. */
  checkpoint(): Promise<void>
}

export interface DriveOptions {
  readonly run: WorkflowRun
  readonly facts: RunFacts
  readonly services: NodeServices
  readonly ports: DriverPorts
}

/** Carries a run out: executes what it asks for, tells it what came of that, and hands on its events. */
export class RunDriver {
  readonly #options: DriveOptions
  readonly #run: WorkflowRun
  readonly #contexts = new Map<string, ExecutionContext>()
  readonly #timers = new Set<() => void>()
  #isPumping = false
  #resolve: (() => void) | undefined
  #reject: ((error: unknown) => void) | undefined

  constructor(options: DriveOptions) {
    this.#options = options
    this.#run = options.run
  }

  /** True while somebody must be waited for; false once the run is over or paused. */
  get isUnderWay(): boolean {
    return this.#run.status === 'running'
  }

  /** Begins the run, as far as it goes without waiting. */
  start(): void {
    this.#guard(() => this.#run.start(this.#options.ports.now()))
  }

  /** Takes up a run that was folded from its journal. */
  takeUp(begun: ReadonlySet<string>): void {
    const { now } = this.#options.ports
    this.#guard(() => takeUp(this.#run, begun, now()))
  }

  resume(submissions: ReadonlyMap<string, Submission>): void {
    this.#guard(() => this.#run.resume(submissions, this.#options.ports.now()))
  }

  /** `isLimit`: not somebody but a limit ends it, which readers are told as a failure. */
  stop(message: string, { isLimit = false }: { readonly isLimit?: boolean } = {}): void {
    this.#guard(() => this.#run.stop({ message, isLimit }, this.#options.ports.now()))
  }

  /** Lets go of everything without ending the run: another process will go on. */
  abandon(): void {
    for (const context of this.#contexts.values()) context.cancel()
    for (const cancel of this.#timers) cancel()
    this.#contexts.clear()
    this.#timers.clear()
    this.#resolve?.()
  }

  /** Resolves when the run is over, or paused. Rejects where the engine itself failed. */
  untilIdle(): Promise<void> {
    if (!this.isUnderWay) return Promise.resolve()
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  #guard(act: () => void): void {
    try {
      act()
      this.#pump()
    } catch (error) {
      if (!this.#reject) throw error
      this.#reject(error)
    }
  }

  /** Does what the run asks for until it has to wait. Nodes that answer at once are dealt with in this very turn. */
  #pump(): void {
    if (this.#isPumping) return
    this.#isPumping = true
    try {
      for (let effects = this.#run.takeEffects(); effects.length > 0; effects = this.#run.takeEffects()) {
        for (const effect of effects) {
          if (effect.type === 'execute') this.#execute(effect.execution)
          else if (effect.type === 'wait') this.#wait(effect.execution, effect.delayMs)
          else this.#cancel(effect.execution)
        }
      }
      this.#tell()
    } finally {
      this.#isPumping = false
    }
    if (!this.isUnderWay) this.#resolve?.()
  }

  #tell(): void {
    const events = this.#run.takeEvents()
    if (events.length > 0) this.#options.ports.onEvents(events)
  }

  #execute(execution: Execution): void {
    if (execution.status !== 'executing') return
    const { facts, services, ports } = this.#options
    const context = new ExecutionContext({ execution, run: facts, services, emit: this.#emit })
    const { node } = execution.node
    if (node.definition.effect(execution.node.config) !== 'external') {
      const outcome = attempt(node, context)
      this.#take(execution, context, outcome)
      return
    }
    this.#tell()
    this.#take(
      execution,
      context,
      ports.checkpoint().then(() => node.execute(context)),
    )
  }

  #take(execution: Execution, context: ExecutionContext, outcome: NodeOutcome | Promise<NodeOutcome>): void {
    if (!(outcome instanceof Promise)) {
      this.#run.complete(execution.id, outcome, this.#options.ports.now())
      return
    }
    this.#contexts.set(execution.id, context)
    outcome.catch(toFailure).then((settled) => {
      // Somebody else has this execution by now, or nobody waits for it.
      if (this.#contexts.get(execution.id) !== context) return
      this.#contexts.delete(execution.id)
      this.#guard(() => this.#run.complete(execution.id, settled, this.#options.ports.now()))
    })
  }

  #wait(execution: Execution, delayMs: number): void {
    const cancel = this.#options.ports.after(delayMs, () => {
      this.#timers.delete(cancel)
      this.#guard(() => this.#run.retryDue(execution.id, this.#options.ports.now()))
    })
    this.#timers.add(cancel)
  }

  #cancel(execution: Execution): void {
    this.#contexts.get(execution.id)?.cancel()
    this.#contexts.delete(execution.id)
  }

  readonly #emit = (executionId: string, chunk: NodeChunk): void => {
    this.#run.chunk(executionId, chunk)
    if (!this.#isPumping) this.#tell()
  }
}

function attempt(node: NodeType, context: NodeContext): NodeOutcome | Promise<NodeOutcome> {
  try {
    return node.execute(context)
  } catch (error) {
    return toFailure(error)
  }
}

/** What a node throws is its failure all the same: a fault of one node must not be that of the run's host. */
const toFailure = (error: unknown): NodeOutcome => ({
  status: 'failed',
  error: error instanceof Error ? error.message : String(error),
  errorType: 'WorkflowNodeError',
})
