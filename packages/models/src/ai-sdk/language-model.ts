import type { LanguageModelV4, LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { LanguageModel, ModelCall, ModelEvent } from '@trellis/spec'
import { toProviderError } from './error.ts'
import { endedEarly, initialStreamState, toModelEvents } from './events.ts'
import { toCallOptions, toPrompt } from './prompt.ts'

export interface AiSdkLanguageModelOptions {
  /** Loads the provider's package and makes its model: on the first call, not before. */
  readonly load: () => Promise<LanguageModelV4>
  /** What the call's parameters are in the SDK's terms. */
  readonly toSettings: (call: ModelCall) => Partial<LanguageModelV4CallOptions>
  /** Changes to a call that the SDK does not make itself. */
  readonly adapt?: (call: ModelCall) => ModelCall
  /** Never to appear in an error's message. */
  readonly secrets: readonly string[]
}

/** A language model of an AI SDK provider package as ours. */
export function createAiSdkLanguageModel(options: AiSdkLanguageModelOptions): LanguageModel {
  return {
    async *stream(givenCall: ModelCall, signal: AbortSignal): AsyncGenerator<ModelEvent> {
      signal.throwIfAborted()
      const call = options.adapt?.(givenCall) ?? givenCall
      try {
        const parts = await openStream(options, call, signal)
        yield* readStream(parts, () => promptTextOf(call))
      } catch (error) {
        throw toProviderError(error, signal, options.secrets)
      }
    },
  }
}

async function openStream(
  options: AiSdkLanguageModelOptions,
  call: ModelCall,
  signal: AbortSignal,
): Promise<ReadableStream<LanguageModelV4StreamPart>> {
  const model = await options.load()
  const { stream } = await model.doStream({
    prompt: toPrompt(call.messages),
    ...toCallOptions(call),
    ...options.toSettings(call),
    abortSignal: signal,
  })
  return stream
}

async function* readStream(stream: ReadableStream<LanguageModelV4StreamPart>, promptText: () => string): AsyncGenerator<ModelEvent> {
  let state = initialStreamState
  // Leaving the loop early cancels the stream, and with it the request.
  for await (const part of stream) {
    if (part.type === 'error') throw part.error
    const [next, events] = toModelEvents(state, part, promptText)
    state = next
    yield* events
    if (part.type === 'finish') return
  }
  throw endedEarly(state)
}

function promptTextOf(call: ModelCall): string {
  return call.messages
    .flatMap((message) =>
      typeof message.content === 'string' ? [message.content] : message.content.map((part) => (part.type === 'text' ? part.text : '')),
    )
    .join('\n')
}
