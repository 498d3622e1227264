import type { ModelCall, ModelEvent } from '@trellis/spec'
import type { Answer, FakeProvider } from './fake-provider.ts'
import { createWireLanguageModel } from './language-model.ts'

export const HELLO: ModelCall = { messages: [{ role: 'user', content: 'Hello' }], parameters: {} }

/** Says hello to a provider that answers so; for tests. */
export function sayHello(provider: FakeProvider, answer: Answer, signal = new AbortController().signal): AsyncIterable<ModelEvent> {
  provider.answer(answer)
  return createWireLanguageModel(provider.endpoint(), 'some-model').stream(HELLO, signal)
}
