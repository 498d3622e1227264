import { type LanguageModel, ProviderError } from '@trellis/spec'

/**
 * Whether credentials work: by the list of models, which costs nothing; where an address has none (many proxies), by the shortest
 * question to `model`.
 * @throws ProviderError in the provider's own words
 */
export async function validateCredentials(options: {
  readonly list: () => Promise<unknown>
  readonly model: LanguageModel
  readonly signal: AbortSignal
}): Promise<void> {
  try {
    await options.list()
  } catch (error) {
    if (!ProviderError.is(error) || (error.status !== 404 && error.status !== 405)) throw error
    const call = { messages: [{ role: 'user', content: 'Hi' }], parameters: { max_tokens: 1 } } as const
    // The first event is proof enough; leaving the loop closes the connection.
    for await (const _event of options.model.stream(call, options.signal)) return
  }
}
