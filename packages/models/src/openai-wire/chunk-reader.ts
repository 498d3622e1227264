import { newId } from '@trellis/kit'
import { type FinishReason, type ModelEvent, ProviderError, type TokenUsage } from '@trellis/spec'
import { estimateTokens } from '../catalog/estimate-tokens.ts'
import { asRecord, fromEvent, nonsense } from './error.ts'
import { createToolCalls } from './tool-calls.ts'
import { toUsage } from './usage.ts'

/** What is read of a chunk; every member is checked where it is used, since providers send whatever they like. */
interface WireChoice {
  readonly index?: unknown
  readonly delta?: unknown
  readonly message?: unknown
  readonly text?: unknown
  readonly finish_reason?: unknown
  readonly usage?: unknown
}

export interface ChunkReader {
  /** Adds to `events` what one event of the stream says. @throws ProviderError where it is an error or nonsense */
  read(data: string, events: ModelEvent[]): void
  /** Whether the provider has said that it is done; what follows is of no interest. */
  readonly isDone: boolean
  /** Adds the whole tool calls and the finish. @throws ProviderError where the stream broke off or said nothing */
  finish(events: ModelEvent[]): void
}

/**
 * Makes events of the chunks of a chat or text completion. One reader reads one stream; a whole (unstreamed) answer is read as one chunk.
 * @param promptText what the call said, for counting where the provider does not count
 */
export function createChunkReader(options: { readonly promptText: () => string; readonly secrets: readonly string[] }): ChunkReader {
  const toolCalls = createToolCalls(() => `call_${newId().replaceAll('-', '')}`)
  let isDone = false
  let hasChunk = false
  let saidText = ''
  let hasReasoning = false
  let finishReason: string | undefined
  let usage: TokenUsage | undefined

  function readChoice(choice: WireChoice, events: ModelEvent[]): void {
    if (typeof choice.index === 'number' && choice.index !== 0) return
    const said = choice.delta ?? choice.message
    if (typeof said === 'object' && said !== null) readSaid(said, events, choice.delta === undefined)
    else if (typeof choice.text === 'string') sayText(choice.text, events)
    if (typeof choice.finish_reason === 'string' && choice.finish_reason !== '') finishReason = choice.finish_reason
    if (choice.usage !== undefined) usage = toUsage(choice.usage) ?? usage
  }

  function readSaid(said: object, events: ModelEvent[], isWhole: boolean): void {
    // Foreign JSON: each member is checked below.
    const delta = said as Readonly<Record<string, unknown>>
    const reasoning = delta.reasoning_content ?? delta.reasoning
    if (typeof reasoning === 'string' && reasoning !== '') sayReasoning(reasoning, events)
    const { content } = delta
    if (typeof content === 'string') sayText(content, events)
    else if (Array.isArray(content)) readParts(content, events)
    if (typeof delta.refusal === 'string') sayText(delta.refusal, events)
    if (Array.isArray(delta.tool_calls)) toolCalls.add(delta.tool_calls, events, isWhole)
  }

  /** Mistral's reasoning models send their content in parts. */
  function readParts(parts: readonly unknown[], events: ModelEvent[]): void {
    for (const part of parts) {
      const { type, text, thinking } = asRecord(part)
      if (type === 'thinking') {
        const words = Array.isArray(thinking) ? thinking.map((piece) => asRecord(piece).text).join('') : thinking
        if (typeof words === 'string' && words !== '') sayReasoning(words, events)
      } else if (typeof text === 'string') sayText(text, events)
    }
  }

  function sayText(text: string, events: ModelEvent[]): void {
    if (text === '') return
    saidText += text
    events.push({ type: 'text-delta', text })
  }

  function sayReasoning(text: string, events: ModelEvent[]): void {
    hasReasoning = true
    events.push({ type: 'reasoning-delta', text })
  }

  return {
    get isDone() {
      return isDone
    },
    read(data, events) {
      if (isDone) return
      if (data === '[DONE]') {
        isDone = true
        return
      }
      const chunk = parseChunk(data, options.secrets)
      const choices = chunk.choices
      if (Array.isArray(choices)) {
        hasChunk = true
        for (let index = 0; index < choices.length; index++) {
          const choice: unknown = choices[index]
          if (typeof choice === 'object' && choice !== null) readChoice(choice, events)
        }
      }
      if (chunk.error !== undefined || choices === undefined || choices === null) {
        const error = chunk.error === null ? undefined : fromEvent(chunk, options.secrets)
        if (error !== undefined) throw error
      }
      const told = chunk.usage ?? asRecord(chunk.x_groq).usage
      if (told !== undefined) usage = toUsage(told) ?? usage
    },
    finish(events) {
      const hasToolCalls = toolCalls.complete(events)
      const hasOutput = hasToolCalls || hasReasoning || saidText !== ''
      if (!isDone && finishReason === undefined) {
        throw hasChunk
          ? new ProviderError('connection', 'The connection to the provider ended before its answer did.')
          : nonsense('an answer without content.', options.secrets)
      }
      if (!hasChunk) throw nonsense('an answer without content.', options.secrets)
      events.push({
        type: 'finish',
        reason: toFinishReason(finishReason, { hasToolCalls, hasOutput }),
        usage: usage ?? {
          promptTokens: estimateTokens(options.promptText()),
          completionTokens: estimateTokens(saidText),
          isEstimated: true,
        },
      })
    },
  }
}

function parseChunk(data: string, secrets: readonly string[]): Readonly<Record<string, unknown>> {
  let chunk: unknown
  try {
    chunk = JSON.parse(data)
  } catch (error) {
    throw nonsense(data, secrets, error)
  }
  if (typeof chunk !== 'object' || chunk === null) throw nonsense(data, secrets)
  // Some send an error as a list of one.
  return asRecord(Array.isArray(chunk) ? chunk[0] : chunk)
}

function toFinishReason(reason: string | undefined, said: { readonly hasToolCalls: boolean; readonly hasOutput: boolean }): FinishReason {
  switch (reason) {
    case 'length':
    case 'max_tokens':
    case 'model_length':
      return 'length'
    case 'content_filter':
    case 'sensitive':
      if (!said.hasOutput) throw new ProviderError('content-refused', `The provider refused to answer (${reason}).`)
      return 'content-filter'
    case 'error':
    case 'network_error':
    case 'insufficient_system_resource':
      throw new ProviderError('server-unavailable', `The provider gave up on its answer (${reason}).`)
    case undefined:
    case 'stop':
    case 'eos':
    case 'end_turn':
    case 'stop_sequence':
    case 'tool_calls':
    case 'function_call':
    case 'tool_use':
      return said.hasToolCalls ? 'tool-calls' : 'stop'
    default:
      return 'other'
  }
}
