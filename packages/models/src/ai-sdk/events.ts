import type { LanguageModelV4FinishReason, LanguageModelV4StreamPart, LanguageModelV4Usage } from '@ai-sdk/provider'
import { type FinishReason, type ModelEvent, ProviderError, type TokenUsage } from '@trellis/spec'
import { estimateTokens } from '../catalog/estimate-tokens.ts'

/** What a stream has said so far, as far as its end depends on it. */
export interface StreamState {
  readonly toolInputs: readonly { readonly id: string; readonly name: string }[]
  readonly saidText: string
  readonly hasOutput: boolean
  readonly hasToolCalls: boolean
}

export const initialStreamState: StreamState = { toolInputs: [], saidText: '', hasOutput: false, hasToolCalls: false }

/**
 * One part of an AI SDK stream as our events, and the state after it.
 * @throws ProviderError where the part ends the stream as a failure
 */
export function toModelEvents(
  state: StreamState,
  part: LanguageModelV4StreamPart,
  promptText: () => string,
): readonly [StreamState, readonly ModelEvent[]] {
  switch (part.type) {
    case 'text-delta':
      if (part.delta === '') return [state, []]
      return [{ ...state, saidText: state.saidText + part.delta, hasOutput: true }, [{ type: 'text-delta', text: part.delta }]]
    case 'reasoning-delta':
      return [{ ...state, hasOutput: true }, part.delta === '' ? [] : [{ type: 'reasoning-delta', text: part.delta }]]
    case 'tool-input-start':
      return [{ ...state, toolInputs: [...state.toolInputs, { id: part.id, name: part.toolName }] }, []]
    case 'tool-input-delta':
      return [{ ...state, hasOutput: true }, toolDelta(state, part.id, part.delta)]
    case 'tool-call':
      return [
        { ...state, hasOutput: true, hasToolCalls: true },
        [{ type: 'tool-call', call: { id: part.toolCallId, name: part.toolName, arguments: part.input === '' ? '{}' : part.input } }],
      ]
    case 'finish':
      return [
        state,
        [{ type: 'finish', reason: finishReasonOf(part.finishReason, state), usage: usageOf(part.usage, promptText, state.saidText) }],
      ]
    case 'file':
      // Providers hand on what their model made as content; an address would be theirs to keep.
      if (part.data.type !== 'data') return [state, []]
      return [{ ...state, hasOutput: true }, [{ type: 'file', mimeType: part.mediaType, base64: toBase64(part.data.data) }]]
    default:
      // Sources, metadata and raw chunks have no place in our events.
      return [state, []]
  }
}

/** A stream without an end: cut off if it had begun, nonsense if nothing in it could be understood. */
export function endedEarly(state: StreamState): ProviderError {
  return state.hasOutput
    ? new ProviderError('connection', 'The connection to the provider ended before its answer did.')
    : new ProviderError('server-unavailable', 'The provider answered something that cannot be understood.')
}

const toBase64 = (data: string | Uint8Array): string => (typeof data === 'string' ? data : Buffer.from(data).toString('base64'))

function toolDelta(state: StreamState, id: string, argumentsDelta: string): readonly ModelEvent[] {
  const index = state.toolInputs.findIndex((input) => input.id === id)
  const input = state.toolInputs[index]
  return input === undefined || argumentsDelta === '' ? [] : [{ type: 'tool-call-delta', index, id, name: input.name, argumentsDelta }]
}

function finishReasonOf(reason: LanguageModelV4FinishReason, state: StreamState): FinishReason {
  switch (reason.unified) {
    case 'stop':
    case 'length':
    case 'tool-calls':
      return reason.unified
    case 'other':
      // A proxy's own word for it: whoever called tools waits for their results.
      return state.hasToolCalls ? 'tool-calls' : 'other'
    case 'content-filter':
      if (!state.hasOutput)
        throw new ProviderError('content-refused', `The provider refused to answer (${reason.raw ?? 'content filter'}).`)
      return 'content-filter'
    case 'interrupted':
      throw endedEarly(state)
    case 'error':
      throw new ProviderError('server-unavailable', `The provider gave up on its answer (${reason.raw ?? 'no reason told'}).`)
  }
}

function usageOf(usage: LanguageModelV4Usage, promptText: () => string, saidText: string): TokenUsage {
  const { inputTokens, outputTokens } = usage
  if (inputTokens.total === undefined || outputTokens.total === undefined) {
    return { promptTokens: estimateTokens(promptText()), completionTokens: estimateTokens(saidText), isEstimated: true }
  }
  return {
    promptTokens: inputTokens.total,
    completionTokens: outputTokens.total,
    ...(inputTokens.cacheRead ? { cachedPromptTokens: inputTokens.cacheRead } : {}),
    ...(outputTokens.reasoning ? { reasoningTokens: outputTokens.reasoning } : {}),
  }
}
