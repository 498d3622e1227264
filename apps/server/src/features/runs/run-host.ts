import { AppError, type RunEvent } from '@trellis/contracts'
import { type Db, isUniqueViolation } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Clock, LiveEvents, Logger } from '@trellis/spec'
import { z } from 'zod'
import { encodeBatch } from './event-batch.ts'
import { createJournal, type Journal, type JournalOptions } from './journal.ts'
import { createWakeScheduler, type EventBatch, RunChannel } from './run-channel.ts'
import { type AnyOutcome, type HandedOver, type RunOutcome, toRunFinish, toTerminalEvent } from './run-outcome.ts'
import { createRunPublisher, type RunPublisher } from './run-publisher.ts'
import type { AbortReason, AdoptedLife, NewRun, RunContext, RunSpec } from './run-spec.ts'
import { findRunById, finishRun, listRunEvents, noWorkflow, type RunEventsRow, type RunRow, toFinishColumns } from './runs.repository.ts'

interface LiveRun {
  readonly channel: RunChannel
  readonly controller: AbortController
  /** The journal write under way for this run: batches are written one after the other. */
  writing: Promise<void>
}

export interface RunHostDependencies {
  /** One writer where absent. */
  readonly journal?: JournalOptions
  readonly db: Db
  readonly liveEvents: LiveEvents
  readonly clock: Clock
  readonly logger: Logger
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
  /** Asks a run of this process to stop; false where it is not here. */
  stop(runId: string): boolean
  liveCount(): number
  /** Waits for the runs and what follows them to end, at most `graceMs`; those that remain are ended as interrupted. */
  close(graceMs: number): Promise<void>
}

const FLUSH_INTERVAL_MS = 200
/** Flushing takes at most about this part of the time. */
const FLUSH_SHARE = 0.1

export const controlChannel = (hostId: string): string => `host:${hostId}`

const controlMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('stop'), runId: z.string() }),
  z.object({ type: z.literal('follow'), runId: z.string(), offset: z.number().int() }),
])
export type ControlMessage = z.infer<typeof controlMessage>

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
  readonly #publisher: RunPublisher
  readonly #wakeSoon = createWakeScheduler()
  #flushTimer: NodeJS.Timeout | undefined
  #unsubscribe: (() => Promise<void>) | undefined
  #isClosing = false

  constructor(dependencies: RunHostDependencies) {
    this.#dependencies = dependencies
    this.journal = createJournal(dependencies.db, dependencies.journal)
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
    const live = this.#createLive(spec, { epoch: 0, firstOffset: 0 })
    const accepted = Promise.withResolvers<void>()
    // What executes early waits at its checkpoints until the run is accepted.
    live.writing = accepted.promise
    live.channel.append(spec.started ?? { type: 'run-start', createdAtMs: spec.run.created_at })
    const early = spec.isEager ? this.#executeEarly(spec, live) : undefined
    try {
      if (early?.outcome) return await this.#acceptWhole(spec, live, early.outcome)
      const { channel } = live
      const count = channel.nextOffset
      await this.journal.write({
        rows: [this.#toRow(spec.run.id, channel.unjournalled())],
        newRun: { ...noWorkflow, ...spec.run, ...unfinished, host_id: this.id, epoch: 0 },
        project: spec.accept,
      })
      channel.markJournalled(count)
    } catch (error) {
      live.controller.abort('lost' satisfies AbortReason)
      accepted.reject(error)
      throw error
    } finally {
      accepted.promise.catch(() => undefined)
    }
    accepted.resolve()
    this.#dependencies.onStarted?.({ kind: spec.run.kind })
    this.#letLive(spec, live, early?.pending)
    return live.channel
  }

  adopt<Outcome extends AnyOutcome>(spec: RunSpec<Outcome>, { started, ...life }: AdoptedLife): RunChannel {
    const live = this.#createLive(spec, life)
    for (const event of started) live.channel.append(event)
    this.#letLive(spec, live, undefined)
    return live.channel
  }

  #createLive(spec: { readonly run: NewRun }, life: { readonly epoch: number; readonly firstOffset: number }): LiveRun {
    const channel = new RunChannel({ runId: spec.run.id, ...life, wakeSoon: this.#wakeSoon })
    return { channel, controller: new AbortController(), writing: Promise.resolve() }
  }

  #letLive<Outcome extends AnyOutcome>(
    spec: RunSpec<Outcome>,
    live: LiveRun,
    pending: Promise<Outcome | RunOutcome | HandedOver> | undefined,
  ): void {
    this.#live.set(spec.run.id, live)
    const settled = this.#carryOut(spec, live, pending).finally(() => this.#unsettled.delete(settled))
    this.#unsettled.add(settled)
    this.#scheduleFlush(FLUSH_INTERVAL_MS)
  }

  /** A run that came to its end in its first turn: it is accepted and ended by one write. */
  async #acceptWhole<Outcome extends AnyOutcome>(
    spec: RunSpec<Outcome>,
    live: LiveRun,
    outcome: Outcome | RunOutcome,
  ): Promise<RunChannel> {
    const { channel } = live
    const { clock, onStarted, onFinished } = this.#dependencies
    channel.append(toTerminalEvent(outcome))
    const now = clock.now()
    const ended = toFinishColumns(toRunFinish(outcome, now))
    await this.journal.write({
      rows: [this.#toRow(spec.run.id, channel.unjournalled())],
      newRun: { ...noWorkflow, ...spec.run, ...unfinished, ...ended, host_id: this.id, epoch: 0 },
      project: async (db) => {
        await spec.accept(db)
        await spec.finish(db, outcome)
      },
    })
    // Nobody has read it yet: whoever it is for finds all of it here, and the database is not asked for what was just written.
    channel.end()
    onStarted?.({ kind: spec.run.kind })
    onFinished?.({ kind: spec.run.kind, status: outcome.status, seconds: (now - spec.run.created_at) / 1000 })
    void this.#follow(spec, outcome)
    return channel
  }

  findChannel(runId: string): RunChannel | undefined {
    return this.#live.get(runId)?.channel
  }

  isAlive(runId: string): boolean {
    return this.#live.has(runId) || this.#starting.has(runId)
  }

  stop(runId: string): boolean {
    const live = this.#live.get(runId)
    live?.controller.abort('stop' satisfies AbortReason)
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
    for (const { controller } of this.#live.values()) controller.abort('shutdown' satisfies AbortReason)
    await settle()
    clearTimeout(this.#flushTimer)
    await this.#unsubscribe?.()
    await this.journal.close()
  }

  async #carryOut<Outcome extends AnyOutcome>(
    spec: RunSpec<Outcome>,
    live: LiveRun,
    pending: Promise<Outcome | RunOutcome | HandedOver> | undefined,
  ): Promise<void> {
    const { clock, onFinished } = this.#dependencies
    const { channel, controller } = live
    const timer = setTimeout(() => controller.abort('timeout' satisfies AbortReason), spec.timeoutMs)
    const outcome = await (pending ?? this.#execute(spec, live))
    clearTimeout(timer)
    if (outcome.status === 'handed-over') {
      await this.#handOver(live)
      return
    }
    const isDurable = await this.#finish(spec, live, outcome)
    channel.end()
    this.#live.delete(spec.run.id)
    const status = isDurable ? outcome.status : 'interrupted'
    onFinished?.({ kind: spec.run.kind, status, seconds: (clock.now() - spec.run.created_at) / 1000 })
    if (isDurable) await this.#follow(spec, outcome)
  }

  /** Lets go of a run that goes on elsewhere: what it told is kept, and readers go on in the journal. */
  async #handOver(live: LiveRun): Promise<void> {
    const { channel } = live
    await this.#writeTail(live).catch((error: unknown) =>
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

  #contextOf(spec: { readonly run: NewRun }, live: LiveRun): RunContext {
    const { channel, controller } = live
    return {
      runId: spec.run.id,
      signal: controller.signal,
      emit: (event) => channel.append(event),
      checkpoint: () => this.#writeTail(live),
    }
  }

  /** Begins the work; its outcome where it has one already. */
  #executeEarly<Outcome extends AnyOutcome>(
    spec: RunSpec<Outcome>,
    live: LiveRun,
  ): { readonly outcome?: Outcome | RunOutcome; readonly pending?: Promise<Outcome | RunOutcome | HandedOver> } {
    try {
      const outcome = spec.execute(this.#contextOf(spec, live))
      return outcome instanceof Promise ? { pending: outcome.catch((error: unknown) => this.#toFailure(spec, error)) } : { outcome }
    } catch (error) {
      return { outcome: this.#toFailure(spec, error) }
    }
  }

  async #execute<Outcome extends AnyOutcome>(spec: RunSpec<Outcome>, live: LiveRun): Promise<Outcome | RunOutcome | HandedOver> {
    try {
      return await spec.execute(this.#contextOf(spec, live))
    } catch (error) {
      return this.#toFailure(spec, error)
    }
  }

  #toFailure(spec: { readonly run: NewRun }, error: unknown): RunOutcome {
    if (AppError.is(error)) return { status: 'failed', error }
    this.#dependencies.logger.error({ err: error, runId: spec.run.id }, 'A run failed unexpectedly')
    return { status: 'failed', error: new AppError('internal_server_error', { cause: error }) }
  }

  /** The end is told to readers only once it is durable; tells whether it is. */
  async #finish<Outcome extends AnyOutcome>(spec: RunSpec<Outcome>, live: LiveRun, outcome: Outcome | RunOutcome): Promise<boolean> {
    const { finishRetryMs, clock, logger } = this.#dependencies
    const { channel } = live
    const terminal = toTerminalEvent(outcome)
    const project = async (db: Db): Promise<void> => {
      const isOurs = await finishRun(db, { id: channel.runId, epoch: channel.epoch }, toRunFinish(outcome, clock.now()))
      if (!isOurs) throw new RunLostError(`Run ${channel.runId} is no longer in life ${channel.epoch}`)
      await spec.finish(db, outcome)
    }
    for (let attempt = 1; attempt <= FINISH_ATTEMPTS; attempt++) {
      try {
        await this.#writeTail(live, { terminal, project })
        return true
      } catch (error) {
        logger.error({ err: error, runId: channel.runId, attempt }, 'The end of a run could not be written')
        const standing = await this.#compare(live, error)
        // Readers go on in the journal, which has the run's next life.
        if (standing === 'lost') return false
        if (standing === 'ended') {
          channel.append(terminal)
          return true
        }
        await new Promise((resolve) => setTimeout(resolve, (finishRetryMs ?? FINISH_RETRY_MS) * 2 ** (attempt - 1)))
      }
    }
    // No promise that cannot be kept: the reaper ends the run just so when the database is back.
    channel.append(toTerminalEvent({ status: 'interrupted', error: new AppError('run_interrupted') }))
    return false
  }

  /**
   * After a write that met rows of its own place: whether another process has taken the run over, or the commit of an earlier write
   * succeeded though its answer was lost.
   */
  async #compare({ channel }: LiveRun, error: unknown): Promise<'ours' | 'ended' | 'lost'> {
    if (!isUniqueViolation(error) && !(error instanceof RunLostError)) return 'ours'
    const { db, logger } = this.#dependencies
    try {
      const run = await findRunById(db, channel.runId)
      if (run?.epoch !== channel.epoch) return 'lost'
      if (run.status !== 'running') return 'ended'
      const last = (await listRunEvents(db, channel.runId, channel.journalled)).at(-1)
      if (last) channel.markJournalled(last.first_offset + last.event_count)
    } catch (cause) {
      logger.error({ err: cause, runId: channel.runId }, 'The journal of a run could not be read')
    }
    return 'ours'
  }

  /** Journals what has not been, and the run's last event with it where it ends. */
  async #writeTail(live: LiveRun, end?: { readonly terminal: RunEvent; readonly project: (db: Db) => Promise<void> }): Promise<void> {
    const write = live.writing.then(async () => {
      const { channel } = live
      const tail = channel.unjournalled()
      const events = end ? [...tail.events, end.terminal] : tail.events
      if (events.length === 0) return
      await this.journal.write({ rows: [this.#toRow(channel.runId, { ...tail, events })], ...(end ? { project: end.project } : {}) })
      if (end) channel.append(end.terminal)
      channel.markJournalled(tail.firstOffset + events.length)
    })
    live.writing = write.catch(() => undefined)
    await write
  }

  #scheduleFlush(delayMs: number): void {
    this.#flushTimer ??= setTimeout(async () => {
      const startedAt = performance.now()
      await this.#flush()
      this.#flushTimer = undefined
      const tookMs = performance.now() - startedAt
      if (this.#live.size > 0) this.#scheduleFlush(Math.max(FLUSH_INTERVAL_MS, Math.min(1000, tookMs / FLUSH_SHARE)))
    }, delayMs)
  }

  /** Journals the text that has been streamed since the last time. */
  async #flush(): Promise<void> {
    const due = [...this.#live.values()].filter(({ channel }) => channel.hasUnjournalled && !channel.isEnded)
    await Promise.all(
      due.map(async (live) => {
        try {
          await this.#writeTail(live)
        } catch (error) {
          this.#dependencies.logger.error({ err: error, runId: live.channel.runId }, 'Events of a run could not be journalled')
          if ((await this.#compare(live, error)) !== 'ours') live.controller.abort('lost' satisfies AbortReason)
        }
      }),
    )
  }

  #toRow(runId: string, batch: EventBatch): RunEventsRow {
    return {
      run_id: runId,
      first_offset: batch.firstOffset,
      epoch: batch.epoch,
      event_count: batch.events.length,
      events: encodeBatch(batch.events),
      created_at: this.#dependencies.clock.now(),
    }
  }

  #obey(text: string): void {
    const parsed = controlMessage.safeParse(JSON.parse(text))
    if (!parsed.success) return
    if (parsed.data.type === 'stop') this.stop(parsed.data.runId)
    else {
      const channel = this.findChannel(parsed.data.runId)
      if (channel) void this.#publisher.publish(channel, parsed.data.offset)
    }
  }
}

/** A write came too late: the run has been taken over, or has ended. */
class RunLostError extends Error {}

const FINISH_ATTEMPTS = 6
const FINISH_RETRY_MS = 200

const unfinished = {
  status: 'running',
  stop_requested_at: null,
  error_code: null,
  error: null,
  total_tokens: 0,
  ledger: null,
  finished_at: null,
} as const
