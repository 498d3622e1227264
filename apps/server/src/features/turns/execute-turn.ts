import { AppError } from '@trellis/contracts'
import type { ModelCall, TokenUsage } from '@trellis/spec'
import { estimatePromptTokens, estimateTokens, type ResolvedLanguageModel } from '../models/index.ts'
import type { AbortReason, RunContext, RunOutcome } from '../runs/index.ts'

import type { TurnText } from './turn-text.ts'

export interface TurnTimes {
  /** `performance.now()` when the request came in, and when the run was accepted. */
  readonly arrivedAt: number
  /** Milliseconds of that spent waiting for the database. */
  readonly databaseMs: number
}

export interface TurnExecution {
  readonly context: RunContext
  readonly times: TurnTimes
  readonly text: TurnText
}

/** Calls the model and tells what it says. Reasoning comes first, between `<think>` tags, as Dify's callers know it. */
export async function executeTurn(
  model: ResolvedLanguageModel,
  call: ModelCall,
  { context, times, text }: TurnExecution,
): Promise<RunOutcome> {
  const acceptedAt = performance.now()
  const say = (piece: string): void => {
    text.add(piece)
    context.emit({ type: 'text-delta', text: piece })
  }
  let firstAt: number | undefined
  let isReasoning = false
  let usage: TokenUsage | undefined
  let isStopped = false
  let isCut = false
  try {
    for await (const event of model.stream(call, context.signal)) {
      if (event.type === 'finish') {
        usage = event.usage
        isCut = event.reason === 'length'
        continue
      }
      if (event.type !== 'text-delta' && event.type !== 'reasoning-delta') continue
      if (event.text === '') continue
      firstAt ??= performance.now()
      const isThought = event.type === 'reasoning-delta'
      if (isThought === isReasoning) say(event.text)
      else say(isThought ? `<think>\n${event.text}` : `\n</think>\n\n${event.text}`)
      isReasoning = isThought
    }
  } catch (cause) {
    const aborted = abortedOutcome(context.signal, cause)
    if (aborted) return aborted
    isStopped = true
  }
  if (isReasoning) say('\n</think>')
  return endOutcome(model, {
    times,
    acceptedAt,
    firstAt,
    usage: usage ?? estimateUsage(call, text.answer),
    isStopped,
    isCut,
  })
}

/**
 * What an abort comes to: a stop ends like an answer (undefined); a run beyond its time and a process that goes away leave half of one.
 * @throws the cause, where nothing was aborted
 */
export function abortedOutcome(signal: AbortSignal, cause: unknown): RunOutcome | undefined {
  if (!signal.aborted) throw cause
  const reason = signal.reason as AbortReason // RunHost aborts with nothing else
  if (reason === 'stop') return undefined
  if (reason === 'timeout') return { status: 'failed', error: new AppError('run_timeout') }
  return { status: 'interrupted', error: new AppError('run_interrupted') }
}

const estimateUsage = (call: ModelCall, answer: string): TokenUsage => ({
  promptTokens: estimatePromptTokens(call.messages),
  completionTokens: estimateTokens(answer),
  isEstimated: true,
})

interface TurnEnd {
  readonly times: TurnTimes
  readonly acceptedAt: number
  readonly firstAt: number | undefined
  readonly usage: TokenUsage
  readonly isStopped: boolean
  readonly isCut: boolean
}

function endOutcome(model: ResolvedLanguageModel, { times, acceptedAt, firstAt, usage, isStopped, isCut }: TurnEnd): RunOutcome {
  const endedAt = performance.now()
  const firstTokenMs = (firstAt ?? endedAt) - acceptedAt
  const totalMs = endedAt - times.arrivedAt
  return {
    status: isStopped ? 'stopped' : 'succeeded',
    ...(isCut ? { isCut } : {}),
    usage: model.usageOf(usage, { latencyMs: endedAt - acceptedAt, firstTokenMs: firstAt === undefined ? null : firstTokenMs }),
    ledger: {
      queueMs: 0,
      engineMs: acceptedAt - times.arrivedAt - times.databaseMs,
      databaseMs: times.databaseMs,
      providerFirstTokenMs: firstTokenMs,
      providerStreamMs: firstAt === undefined ? 0 : endedAt - firstAt,
      totalMs,
    },
  }
}
