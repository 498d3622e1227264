import { abortableSleep } from '@trellis/kit'
import type { FinishReason, LanguageModel, ModelCall, ModelEvent, TokenUsage } from '@trellis/spec'
import { textOf } from './conversation.ts'
import { type DemoReply, replyTo } from './replies.ts'
import { countWords, splitIntoPieces } from './words.ts'

/** Between two words, unless the parameter `delay_ms` says otherwise. */
export const DEFAULT_DELAY_MS = 15

export function createDemoChatModel(): LanguageModel {
  return {
    async *stream(call: ModelCall, signal: AbortSignal): AsyncGenerator<ModelEvent> {
      const reply = replyTo(call)
      const limited = limit(reply, call)
      const delayMs = numberParameter(call, 'delay_ms') ?? DEFAULT_DELAY_MS
      for (const event of limited.events) {
        signal.throwIfAborted()
        if (delayMs > 0) await abortableSleep(delayMs, signal)
        yield event
      }
      yield { type: 'finish', reason: limited.reason, usage: usageOf(call, limited.words) }
    },
  }
}

interface Limited {
  readonly events: readonly ModelEvent[]
  readonly reason: FinishReason
  readonly words: number
}

/** Applies `stop` and `max_tokens`, as a real model would. */
function limit(reply: DemoReply, call: ModelCall): Limited {
  if (reply.type === 'tool-call') {
    const { id, name } = reply.call
    const deltas = splitIntoPieces(reply.call.arguments).map(
      (argumentsDelta) => ({ type: 'tool-call-delta', index: 0, id, name, argumentsDelta }) as const,
    )
    return { events: [...deltas, { type: 'tool-call', call: reply.call }], reason: 'tool-calls', words: countWords(reply.call.arguments) }
  }
  const stops = (call.stop ?? []).map((stop) => (stop === '' ? -1 : reply.text.indexOf(stop))).filter((place) => place >= 0)
  const pieces = splitIntoPieces(reply.text.slice(0, Math.min(reply.text.length, ...stops)))
  const most = numberParameter(call, 'max_tokens') ?? Number.POSITIVE_INFINITY
  const kept = pieces.slice(0, most)
  return {
    events: kept.map((text) => ({ type: 'text-delta', text })),
    reason: kept.length < pieces.length ? 'length' : 'stop',
    words: countWords(kept.join('')),
  }
}

function usageOf(call: ModelCall, completionTokens: number): TokenUsage {
  const promptTokens = call.messages.reduce((sum, message) => sum + countWords(textOf(message)), 0)
  return { promptTokens, completionTokens, isEstimated: true }
}

function numberParameter(call: ModelCall, name: string): number | undefined {
  const value = call.parameters[name]
  return typeof value === 'number' ? value : undefined
}
