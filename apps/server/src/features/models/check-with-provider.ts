import { AppError, type Refusal } from '@trellis/contracts'
import { type Credentials, type Egress, type ModelType, type ProviderClient, type ProviderDefinition, ProviderError } from '@trellis/spec'
import { toModelError } from './model-errors.ts'

const TIMEOUT_MS = 15_000

/**
 * Asks the provider whether credentials work and, where a model is named, whether that model answers: an address that can be reached
 * proves little. @throws AppError `invalid_param` with the provider's own reason
 */
export type CheckWithProvider = (provider: ProviderDefinition, credentials: Credentials, model?: CheckedModel) => Promise<void>

export interface CheckedModel {
  readonly model: string
  readonly type: ModelType
}

/** Enough for models that think before they speak to accept the call. */
const TRIAL_TOKENS = 16

export function createCheckWithProvider({
  egress,
  timeoutMs = TIMEOUT_MS,
}: {
  readonly egress: Egress
  readonly timeoutMs?: number
}): CheckWithProvider {
  return async (provider, credentials, model) => {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const client = provider.createClient(credentials, { egress })
      await client.validate(signal)
      if (model) await tryModel(client, model, signal)
    } catch (error) {
      throw toRefusal(error, provider, { hasTimedOut: signal.aborted, timeoutMs })
    }
  }
}

/** One small call, ended at its first event. */
async function tryModel(client: ProviderClient, { model, type }: CheckedModel, signal: AbortSignal): Promise<void> {
  if (type === 'text-embedding') await client.embeddingModel?.(model).embed(['ping'], 'query', signal)
  if (type === 'rerank') await client.rerankModel?.(model).rerank('ping', ['pong'], 1, signal)
  if (type !== 'llm') return
  const call = { messages: [{ role: 'user', content: 'ping' }], parameters: { max_tokens: TRIAL_TOKENS } } as const
  for await (const _event of client.languageModel?.(model).stream(call, signal) ?? []) return
}

function toRefusal(
  error: unknown,
  { label }: ProviderDefinition,
  { hasTimedOut, timeoutMs }: { readonly hasTimedOut: boolean; readonly timeoutMs: number },
): unknown {
  if (hasTimedOut) {
    const message = `${label.en_US} did not answer within ${timeoutMs / 1000} seconds. Check the address and the network, then save again.`
    const refusal = { reason: 'provider_silent', values: { provider: label.en_US, seconds: timeoutMs / 1000 } } as const
    return new AppError('invalid_param', { message, param: 'credentials', cause: error, refusal })
  }
  if (!ProviderError.is(error)) return error
  const coded = toModelError(error)
  // Whoever sets a provider up is told its address; visitors are not.
  const isCoded = AppError.is(coded) && error.kind !== 'connection'
  const message = isCoded ? coded.message : `${label.en_US} could not be reached: ${error.message}`
  const refusal: Refusal | undefined = isCoded
    ? coded.refusal
    : { reason: 'provider_out_of_reach', values: { provider: label.en_US, said: error.message } }
  return new AppError('invalid_param', { message, param: 'credentials', cause: error, refusal })
}
