import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock } from '@trellis/spec'
import { acceptRun } from './accept-run.ts'
import { executeRun, type Pending } from './execute-run.ts'
import { finishDurably } from './finish-run.ts'
import { controlChannel, readControlMessage } from './host-control.ts'
import { createJournal, type Journal, type JournalOptions } from './journal.ts'
import { LiveRun } from './live-run.ts'
import { createWakeScheduler, RunChannel } from './run-channel.ts'
import type { AnyOutcome, RunOutcome } from './run-outcome.ts'
import { createRunPublisher, type RunPublisher, type RunPublisherDependencies } from './run-publisher.ts'
import type { AdoptedLife, RunContext, RunSpec } from './run-spec.ts'
import { RunWriter } from './run-writer.ts'
import type { RunRow } from './runs.repository.ts'
import { createTextFlush, type TextFlush } from './text-flush.ts'

export interface RunHostDependencies extends RunPublisherDependencies {
  /** One writer where absent. */
  readonly journal?: JournalOptions
  readonly db: Db
  readonly clock: Clock
  /** Pause after the first failure to write a run's end; it doubles with each further one. */
  readonly finishRetryMs?: number
  readonly onStarted?: (seen: { readonly kind: RunRow['kind'] }) => void
  readonly onFinished?: (seen: { readonly kind: RunRow['kind']; readonly status: AnyOutcome['status']; readonly seconds: number }) => void
}

export interface RunHost {
  readonly id: string
  readonly journal: Journal
  /** Accepts the run durably, starts it, and returns its channel. */
  start<Outcome extends AnyOutcome>(spec: RunSpec<Outcome>): Promise<RunChannel>
  /** Goes on with a run that was claimed for this host, in its next life. `started` are the first events of that life. */
  adopt<Outcome extends AnyOutcome>(spec: RunSpec<Outcome>, life: AdoptedLife): RunChannel
  findChannel(runId: string): RunChannel | undefined
  /** True from before the run's rows are committed until its end is. */
  isAlive(runId: string): boolean
  /**
   * Claims a run and goes on with it in one piece of work, in which it counts as alive. Undefined, and nothing done, where this process
   * is about to close.
   */
  whileClaiming<Result>(runId: string, work: () => Promise<Result>): Promise<Result | undefined>
  /** Asks a run of this process to stop; false where it is not here. */
  stop(runId: string): boolean
  liveCount(): number
  /** Waits for the runs and what follows them to end, at most `graceMs`; those that remain are ended as interrupted. */
  close(graceMs: number): Promise<void>
}

/** Executes runs in this process: accepts, journals, ends them, and answers other processes that follow or stop them. */
export async function createRunHost(dependencies: RunHostDependencies): Promise<RunHost> {
  const host = new Host(dependencies)
  await host.listen()
  return host
}

class Host implements RunHost {
  readonly id = newId()
  readonly journal: Journal
  readonly #dependencies: RunHostDependencies
  readonly #live = new Map<string, LiveRun>()
  /** Runs whose acceptance is being written. */
  readonly #starting = new Map<string, Promise<unknown>>()
  /** Runs until all is done that follows from them. */
  readonly #unsettled = new Set<Promise<void>>()
  readonly #writer: RunWriter
  readonly #textFlush: TextFlush
  readonly #publisher: RunPublisher
  readonly #wakeSoon = createWakeScheduler()
  #unsubscribe: (() => Promise<void>) | undefined
  #isClosing = false

  constructor(dependencies: RunHostDependencies) {
    this.#dependencies = dependencies
    this.journal = createJournal(dependencies.db, dependencies.journal)
    this.#writer = new RunWriter({ ...dependencies, journal: this.journal })
    this.#textFlush = createTextFlush({ live: this.#live, writer: this.#writer, logger: dependencies.logger })
    this.#publisher = createRunPublisher(dependencies)
  }

  async listen(): Promise<void> {
    this.#unsubscribe = await this.#dependencies.liveEvents.subscribe(controlChannel(this.id), (text) => this.#obey(text))
  }

  async start<Outcome extends AnyOutcome>(spec: RunSpec<Outcome>): Promise<RunChannel> {
    if (this.#isClosing) throw new AppError('service_unavailable', { retryAfterSeconds: 2 })
    const starting = this.#start(spec)
    this.#starting.set(spec.run.id, starting)
    try {
      return await starting
    } finally {
      this.#starting.delete(spec.run.id)
    }
  }

  async #start<Outcome extends AnyOutcome>(spec: RunSpec<Outcome>): Promise<RunChannel> {
    const { onStarted, onFinished } = this.#dependencies
    const live = this.#createLive(spec.run.id, { epoch: 0, firstOffset: 0 })
    const accepted = await acceptRun({ ...this.#dependencies, hostId: this.id, writer: this.#writer }, spec, {
      live,
      context: this.#contextOf(live),
    })
    onStarted?.({ kind: spec.run.kind })
    if (accepted.isOver) {
      const { outcome, endedAtMs } = accepted
      onFinished?.({ kind: spec.run.kind, status: outcome.status, seconds: (endedAtMs - spec.run.created_at) / 1000 })
      void this.#follow(spec, outcome)
    } else {
      this.#letLive(spec, live, accepted.pending)
    }
    return live.channel
  }

  adopt<Outcome extends AnyOutcome>(spec: RunSpec<Outcome>, { started, ...life }: AdoptedLife): RunChannel {
    const live = this.#createLive(spec.run.id, life)
    for (const event of started) live.channel.append(event)
    this.#letLive(spec, live, undefined)
    return live.channel
  }

  findChannel(runId: string): RunChannel | undefined {
    return this.#live.get(runId)?.channel
  }

  isAlive(runId: string): boolean {
    return this.#live.has(runId) || this.#starting.has(runId)
  }

  async whileClaiming<Result>(runId: string, work: () => Promise<Result>): Promise<Result | undefined> {
    if (this.#isClosing || this.#starting.has(runId)) return undefined
    const claiming = work()
    this.#starting.set(runId, claiming)
    try {
      return await claiming
    } finally {
      this.#starting.delete(runId)
    }
  }

  stop(runId: string): boolean {
    const live = this.#live.get(runId)
    live?.abort('stop')
    return live !== undefined
  }

  liveCount(): number {
    return this.#live.size
  }

  async close(graceMs: number): Promise<void> {
    this.#isClosing = true
    const settle = async (): Promise<void> => {
      await Promise.allSettled(this.#starting.values())
      await Promise.allSettled(this.#unsettled)
    }
    await Promise.race([settle(), new Promise((resolve) => setTimeout(resolve, graceMs).unref())])
    await Promise.allSettled(this.#starting.values())
    for (const live of this.#live.values()) live.abort('shutdown')
    await settle()
    this.#textFlush.close()
    await this.#unsubscribe?.()
    await this.journal.close()
  }

  #createLive(runId: string, life: { readonly epoch: number; readonly firstOffset: number }): LiveRun {
    return new LiveRun(new RunChannel({ runId, ...life, wakeSoon: this.#wakeSoon }))
  }

  #contextOf(live: LiveRun): RunContext {
    const { channel } = live
    return {
      runId: channel.runId,
      get signal() {
        return live.signal
      },
      emit: (event) => channel.append(event),
      checkpoint: () => this.#writer.writeTail(live),
    }
  }

  #letLive<Outcome extends AnyOutcome>(spec: RunSpec<Outcome>, live: LiveRun, pending: Pending<Outcome> | undefined): void {
    this.#live.set(spec.run.id, live)
    const settled = this.#carryOut(spec, live, pending).finally(() => this.#unsettled.delete(settled))
    this.#unsettled.add(settled)
    this.#textFlush.start()
  }

  async #carryOut<Outcome extends AnyOutcome>(spec: RunSpec<Outcome>, live: LiveRun, pending: Pending<Outcome> | undefined): Promise<void> {
    const { clock, onFinished } = this.#dependencies
    const { channel } = live
    const timer = setTimeout(() => live.abort('timeout'), spec.timeoutMs)
    const outcome = await (pending ?? this.#execute(spec, live))
    clearTimeout(timer)
    if (outcome.status === 'handed-over') {
      await this.#handOver(live)
      return
    }
    const isDurable = await finishDurably({ ...this.#dependencies, writer: this.#writer }, spec, { live, outcome })
    channel.end()
    this.#live.delete(spec.run.id)
    const status = isDurable ? outcome.status : 'interrupted'
    onFinished?.({ kind: spec.run.kind, status, seconds: (clock.now() - spec.run.created_at) / 1000 })
    if (isDurable) await this.#follow(spec, outcome)
  }

  #execute<Outcome extends AnyOutcome>(spec: RunSpec<Outcome>, live: LiveRun): Outcome | RunOutcome | Pending<Outcome> {
    const execution = executeRun(this.#dependencies.logger, spec, this.#contextOf(live))
    return execution.isOver ? execution.outcome : execution.pending
  }

  /** Lets go of a run that goes on elsewhere: what it told is kept, and readers go on in the journal. */
  async #handOver(live: LiveRun): Promise<void> {
    const { channel } = live
    await this.#writer
      .writeTail(live)
      .catch((error: unknown) =>
        this.#dependencies.logger.warn({ err: error, runId: channel.runId }, 'The last events of a run that is handed over are lost'),
      )
    channel.end()
    this.#live.delete(channel.runId)
  }

  async #follow<Outcome extends AnyOutcome>(spec: RunSpec<Outcome>, outcome: Outcome | RunOutcome): Promise<void> {
    await spec
      .afterwards?.(outcome)
      .catch((error: unknown) => this.#dependencies.logger.warn({ err: error, runId: spec.run.id }, 'What follows a run failed'))
  }

  #obey(text: string): void {
    const message = readControlMessage(text)
    if (message?.type === 'stop') this.stop(message.runId)
    else if (message) {
      const channel = this.findChannel(message.runId)
      if (channel) void this.#publisher.publish(channel, message.offset)
    }
  }
}
