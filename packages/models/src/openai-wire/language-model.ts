import type { LanguageModel, ModelCall } from '@trellis/spec'
import { ChunkReader } from './chunk-reader.ts'
import { postJson, readingOf, type WireEndpoint } from './endpoint.ts'
import { ModelStream } from './model-stream.ts'
import { promptTextOf, toChatBody, toCompletionBody } from './request.ts'

/** A model behind `/chat/completions`, or behind `/completions` where it continues texts. */
export function createWireLanguageModel(endpoint: WireEndpoint, model: string, mode: 'chat' | 'completion' = 'chat'): LanguageModel {
  const path = mode === 'chat' ? '/chat/completions' : '/completions'
  const toBody = mode === 'chat' ? toChatBody : toCompletionBody
  return {
    stream(call: ModelCall, signal: AbortSignal) {
      return new ModelStream({
        open: async () => postJson(endpoint, path, toBody(model, call, endpoint.dialect), signal),
        reader: new ChunkReader({ promptText: () => promptTextOf(call), ...readingOf(endpoint) }),
        signal,
        ...readingOf(endpoint),
      })
    },
  }
}
