import type { HumanInputDoneEvent, HumanInputRequiredEvent, NodeEndEvent, NodeRetryEvent, RunEvent } from '@trellis/contracts'
import type { NodeOutcome, Submission, VariableUpdate } from '@trellis/spec'
import type { Dict, Value } from '@trellis/values'
import { Variable, type VariableType } from '@trellis/variables'
import type { WorkflowRun } from '../run/workflow-run.ts'

export interface FoldedRun {
  /** All that the run tells up to there. */
  readonly told: readonly RunEvent[]
  /** What the caller has of the response once everything unfinished is taken back. */
  readonly text: string
  /** What follows from the journal and is not in it yet: to be told before the run goes on. */
  readonly missing: readonly RunEvent[]
  /** Executions that had begun, and of which nothing more is known. */
  readonly begun: ReadonlySet<string>
}

/**
 * Brings a fresh run to where its journal says that it was: tells it again what its nodes answered, in the order in which they did.
 * Nothing is executed. What was open then is open now; `WorkflowRun.reopen` asks for it again.
 */
export function foldRun(run: WorkflowRun, journal: readonly RunEvent[]): FoldedRun {
  const startedAtMs = journal.find((event) => event.type === 'run-start')?.createdAtMs ?? 0
  const told: RunEvent[] = []
  const updates = new Map<string, VariableUpdate[]>()
  const begun = new Set<string>()
  const drain = (): void => {
    told.push(...run.takeEvents())
    run.takeEffects()
  }
  const answers = new Answers(run)
  run.start(startedAtMs)
  drain()
  for (const event of journal) {
    if (event.type === 'human-input-done') {
      answers.add(event)
      continue
    }
    told.push(...answers.tell())
    if (event.type === 'node-start') setStart(run, told, { executionId: event.executionId, atMs: event.atMs })
    if (event.type === 'node-start' || event.type === 'node-attempt') begun.add(event.executionId)
    else if (event.type === 'node-retry') begun.delete(event.executionId)
    if (event.type === 'variable-update') {
      const variable = new Variable(asValue(event.value), asType(event.valueType))
      updates.set(event.executionId, [...(updates.get(event.executionId) ?? []), { selector: event.selector, variable }])
    }
    tell(run, event, updates)
    drain()
  }
  told.push(...answers.tell())
  drain()
  return { told, text: textOf(told), missing: findMissing(told, journal), begun }
}

/** A node may begin later than what led to it ended. It is told so, and by its end too. */
function setStart(
  run: WorkflowRun,
  told: RunEvent[],
  { executionId, atMs }: { readonly executionId: string; readonly atMs: number },
): void {
  const execution = run.findExecution(executionId)
  if (execution) execution.startedAtMs = atMs
  const place = told.findLastIndex((event) => event.type === 'node-start' && event.executionId === executionId)
  const start = told[place]
  if (start?.type === 'node-start') told[place] = { ...start, atMs }
}

/** What is open in a folded run begins now: it was told of another run, whenever that was. Gives what is told then. */
export function beginOpenAt(run: WorkflowRun, told: readonly RunEvent[], now: number): RunEvent[] {
  const restarted = [...told]
  for (const { id: executionId, frame } of run.openExecutions) {
    setStart(run, restarted, { executionId, atMs: now })
    // The round of a container that it stands in.
    if (frame.container) frame.startedAtMs = now
  }
  return restarted
}

/**
 * Names what follows from the outcomes of nodes, and so may be missing; undefined for what depends on when pieces of text came, and for
 * what is told with an outcome that the journal has.
 */
function nameOf(event: RunEvent): string | undefined {
  switch (event.type) {
    case 'node-start':
    case 'node-end':
    case 'container-start':
    case 'container-end':
      return `${event.type} ${event.executionId}`
    case 'node-retry':
      return `${event.type} ${event.executionId} ${event.retryIndex}`
    case 'node-attempt':
      return `${event.type} ${event.executionId} ${event.attempt}`
    case 'container-round':
      return `${event.type} ${event.executionId} ${event.index}`
    default:
      return undefined
  }
}

function findMissing(told: readonly RunEvent[], journal: readonly RunEvent[]): RunEvent[] {
  const recorded = new Set(journal.map(nameOf))
  return told.filter((event) => {
    const name = nameOf(event)
    return name !== undefined && !recorded.has(name)
  })
}

/** What people answered: the run went on with all of it at once, and so it is told. */
class Answers {
  readonly #run: WorkflowRun
  #events: HumanInputDoneEvent[] = []

  constructor(run: WorkflowRun) {
    this.#run = run
  }

  add(event: HumanInputDoneEvent): void {
    this.#events.push(event)
  }

  /** Tells them, and tells which they were. */
  tell(): readonly HumanInputDoneEvent[] {
    const events = this.#events
    const last = events.at(-1)
    if (!last) return events
    this.#run.resume(new Map(events.map((event) => [event.executionId, toSubmission(event)])), last.atMs)
    this.#events = []
    return events
  }
}

function textOf(events: readonly RunEvent[]): string {
  let text = ''
  for (const event of events) if (event.type === 'text-delta') text += event.text
  return text
}

function tell(run: WorkflowRun, event: RunEvent, updates: ReadonlyMap<string, readonly VariableUpdate[]>): void {
  switch (event.type) {
    case 'node-retry':
      tellOutcome(run, event, toFailure(event))
      break
    case 'node-attempt':
      run.retryDue(event.executionId, event.atMs)
      break
    case 'node-end':
      if (event.status === 'succeeded' || event.status === 'exception') tellStreams(run, event)
      tellOutcome(run, event, event.status === 'succeeded' ? toSuccess(event, updates.get(event.executionId)) : toFailure(event))
      break
    case 'human-input-required':
      tellOutcome(run, event, toPause(event))
      break
    default:
      break
  }
}

function tellOutcome(
  run: WorkflowRun,
  { executionId, atMs }: { readonly executionId: string; readonly atMs: number },
  outcome: NodeOutcome | undefined,
): void {
  const execution = run.findExecution(executionId)
  // Containers and hidden nodes come to their end by themselves.
  if (!outcome || !execution || execution.node.inner !== undefined) return
  run.complete(executionId, outcome, atMs)
}

/** Whatever was streamed is in the outputs as a whole; a failure leaves nothing of it, and waits for nothing any more. */
function tellStreams(run: WorkflowRun, { executionId, status, streamed, outputs }: NodeEndEvent): void {
  for (const name of streamed ?? []) {
    const text = outputs?.[name]
    if (status === 'succeeded' && typeof text === 'string') run.chunk(executionId, { type: 'text-delta', name, text })
    run.chunk(executionId, { type: 'text-end', name })
  }
}

function toSuccess(event: NodeEndEvent, updates: readonly VariableUpdate[] | undefined): NodeOutcome {
  const outputs: Record<string, Value | Variable> = {}
  for (const [name, value] of Object.entries(event.outputs ?? {})) {
    const type = event.outputTypes?.[name]
    outputs[name] = type === undefined ? asValue(value) : new Variable(asValue(value), asType(type))
  }
  return {
    status: 'succeeded',
    outputs,
    ...recordOf(event),
    ...(event.handle === undefined ? {} : { handle: event.handle }),
    ...(updates ? { updates } : {}),
    ...(event.endsLoop ? { endsLoop: true } : {}),
  }
}

/** A failure, also where a strategy made an exception of it; undefined for what was cut off and so may run again. */
function toFailure(event: NodeEndEvent | NodeRetryEvent): NodeOutcome | undefined {
  if (event.type === 'node-end' && (event.status === 'stopped' || event.status === 'paused')) return undefined
  return { status: 'failed', error: event.error ?? '', errorType: event.errorType ?? '', ...recordOf(event) }
}

const toPause = (event: HumanInputRequiredEvent): NodeOutcome => ({
  status: 'paused',
  reason: {
    type: 'human-input',
    formContent: event.formContent,
    inputs: event.inputs.map(asDict),
    actions: event.actions,
    resolvedDefaults: asDict(event.resolvedDefaults),
    timeoutMs: event.timeoutMs,
    deliveryMethods: event.deliveryMethods.map(asDict),
  },
})

const toSubmission = (event: HumanInputDoneEvent): Submission =>
  event.outcome === 'expired' ? { type: 'expired' } : { type: 'submitted', actionId: event.actionId, values: asDict(event.values) }

function recordOf(event: NodeEndEvent | NodeRetryEvent) {
  return {
    ...(event.inputs ? { inputs: asDict(event.inputs) } : {}),
    ...(event.processData ? { processData: asDict(event.processData) } : {}),
    ...(event.metadata ? { metadata: asDict(event.metadata) } : {}),
    ...(event.usage ? { usage: event.usage } : {}),
  }
}

// The journal was written from values, and is read as such: the contract, which stands below, cannot say so.
const asValue = (value: unknown): Value => (value ?? null) as Value // as the journal was written
const asDict = (value: Readonly<Record<string, unknown>>): Dict => value as Dict // the same
const asType = (type: string): VariableType => type as VariableType // the same
