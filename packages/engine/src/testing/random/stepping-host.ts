import type { RunEvent } from '@trellis/contracts'
import type { NodeChunk, NodeOutcome, NodeServices, RunFacts, Submission } from '@trellis/spec'
import { VariablePool } from '@trellis/variables'
import { ExecutionContext } from '../../drive/node-context.ts'
import { foldRun } from '../../fold/fold-run.ts'
import { takeUp } from '../../fold/take-up.ts'
import { compile } from '../../plan/compile.ts'
import type { Execution } from '../../run/execution.ts'
import { WorkflowRun } from '../../run/workflow-run.ts'
import { decide, digest } from './digest.ts'
import type { RandomGraph } from './random-graph.ts'
import { createScriptedNodes } from './scripted-nodes.ts'

interface Pending {
  readonly execution: Execution
  /** What it tells before it ends; undefined of what only waits for its next attempt. */
  readonly told: NodeChunk[]
  readonly outcome: NodeOutcome | undefined
}

/** What a response stream was told of, in order. */
export type Told = RunEvent | { readonly type: 'chunk'; readonly execution: Execution; readonly chunk: NodeChunk }

export interface SteppingOptions {
  /** Which of the things that could happen next does, by their place; the first ones once these are used up. */
  readonly choices: readonly number[]
  readonly maxConcurrency: number
  readonly maxSteps?: number
  readonly maxTimeMs?: number
}

const RUN_ID = '01980000-0000-7000-8000-000000000000'
const facts = { runId: RUN_ID } as RunFacts // Scripted nodes read nothing of it.
const services = {} as NodeServices // Nor ask for anything.

const registry = createScriptedNodes()

/**
 * Carries a run out in whatever order it is told, one thing at a time: a piece of text, an outcome, the end of a pause before a
 * further attempt, an answer of a person's. Time goes on by a millisecond a thing.
 */
export class SteppingHost {
  readonly run: WorkflowRun
  /** As it would be in the database, the whole of it durable. */
  readonly journal: RunEvent[]
  readonly told: Told[] = []
  /** External effects: which attempt, and how long the journal was when it began. */
  readonly effects: { readonly key: string; readonly at: number }[] = []
  /** Most executions at a time. */
  mostAtATime = 0
  now: number
  readonly #choices: readonly number[]
  #used = 0
  readonly #pending: Pending[] = []

  constructor(graph: RandomGraph, options: SteppingOptions, journal: readonly RunEvent[]) {
    this.#choices = options.choices
    this.journal = [...journal]
    this.now = 1000 + journal.length
    this.run = new WorkflowRun({
      plan: compile(graph.document, registry),
      pool: new VariablePool(),
      runId: RUN_ID,
      limits: { maxSteps: options.maxSteps ?? 10_000, maxTimeMs: options.maxTimeMs ?? 1e9 },
      maxConcurrency: options.maxConcurrency,
    })
  }

  static start(graph: RandomGraph, options: SteppingOptions): SteppingHost {
    const host = new SteppingHost(graph, options, [{ type: 'run-start', createdAtMs: 1000 }])
    host.run.start(host.now)
    host.#drain()
    return host
  }

  /** A life after the one that left this journal; returns the text with which it begins as well. */
  static goOn(
    graph: RandomGraph,
    options: SteppingOptions,
    journal: readonly RunEvent[],
  ): { readonly host: SteppingHost; readonly text: string } {
    const host = new SteppingHost(graph, options, journal)
    const folded = foldRun(host.run, journal)
    host.told.push(...journal)
    host.#tell(folded.missing)
    if (host.run.status === 'running') takeUp(host.run, folded.begun, host.now)
    host.#drain()
    return { host, text: folded.text }
  }

  /** Goes on until the run is over, or for so many things at most. */
  go(most = Number.POSITIVE_INFINITY): this {
    for (let count = 0; count < most && !this.run.isOver; count++) this.#step()
    return this
  }

  #step(): void {
    this.now += 1
    const pending = this.#pending[this.#choose(this.#pending.length)]
    if (pending) this.#goOn(pending)
    else if (this.run.status === 'paused') this.#answer()
    else throw new Error('The run is not over, and nothing more can happen.')
    this.#drain()
  }

  #goOn(pending: Pending): void {
    const { execution, told, outcome } = pending
    const chunk = told.shift()
    if (chunk) {
      this.told.push({ type: 'chunk', execution, chunk })
      this.run.chunk(execution.id, chunk)
      return
    }
    this.#pending.splice(this.#pending.indexOf(pending), 1)
    if (outcome) this.run.complete(execution.id, outcome, this.now)
    else this.run.retryDue(execution.id, this.now)
  }

  /** One of those who are asked answers, and always the same; some let their time go by. */
  #answer(): void {
    const waiting = this.run.pausedExecutions
    const execution = waiting[this.#choose(waiting.length)]
    if (!execution) throw new Error('The run is paused, and nobody is asked.')
    const submission = submissionOf(execution)
    const actionId = submission.type === 'submitted' ? submission.actionId : ''
    const { id, node } = execution
    this.#tell([
      {
        type: 'human-input-done',
        executionId: id,
        nodeId: node.id,
        nodeType: node.type,
        title: node.title,
        outcome: submission.type,
        actionId,
        actionTitle: '',
        values: {},
        renderedContent: '',
        expiresAtMs: 0,
        atMs: this.now,
      },
    ])
    this.run.resume(new Map([[id, submission]]), this.now)
  }

  #choose(count: number): number {
    const choice = this.#choices[this.#used++] ?? 0
    return count === 0 ? 0 : choice % count
  }

  #drain(): void {
    this.#tell(this.run.takeEvents())
    for (const effect of this.run.takeEffects()) {
      const { execution } = effect
      if (effect.type === 'execute') this.#execute(execution)
      else if (effect.type === 'wait') this.#pending.push({ execution, told: [], outcome: undefined })
      else this.#forget(execution)
    }
    this.mostAtATime = Math.max(this.mostAtATime, this.#pending.filter(({ outcome }) => outcome).length)
  }

  #tell(events: readonly RunEvent[]): void {
    this.journal.push(...events)
    this.told.push(...events)
  }

  #execute(execution: Execution): void {
    if (execution.status !== 'executing') return
    const { node, config } = execution.node
    const chunks: NodeChunk[] = []
    const context = new ExecutionContext({ execution, run: facts, services, emit: (_, chunk) => chunks.push(chunk) })
    if (node.definition.effect(config) === 'external') {
      this.effects.push({ key: `${execution.id}#${execution.attempt}`, at: this.journal.length })
    }
    const outcome = node.execute(context)
    if (outcome instanceof Promise) throw new Error('scripted nodes answer at once')
    this.#pending.push({ execution, told: chunks, outcome })
  }

  #forget(execution: Execution): void {
    const place = this.#pending.findIndex((pending) => pending.execution === execution)
    if (place >= 0) this.#pending.splice(place, 1)
  }
}

/** What a person answers depends on the question alone, and on the round in which it was asked. */
export function answerTo(nodeId: string, round: number): Submission {
  const way = decide(digest(nodeId, [String(round)]), 3)
  return way === 2 ? { type: 'expired' } : { type: 'submitted', actionId: way === 0 ? 'yes' : 'no', values: {} }
}

const submissionOf = ({ node, frame }: Execution): Submission => answerTo(node.id, frame.round)
