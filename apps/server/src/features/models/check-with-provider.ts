import { AppError } from '@trellis/contracts'
import { type Credentials, type Egress, type ProviderDefinition, ProviderError } from '@trellis/spec'
import { toModelError } from './model-errors.ts'

const TIMEOUT_MS = 15_000

/** Asks the provider whether credentials work. @throws AppError `invalid_param` with the provider's own reason */
export type CheckWithProvider = (provider: ProviderDefinition, credentials: Credentials) => Promise<void>

export function createCheckWithProvider({
  egress,
  timeoutMs = TIMEOUT_MS,
}: {
  readonly egress: Egress
  readonly timeoutMs?: number
}): CheckWithProvider {
  return async (provider, credentials) => {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      await provider.createClient(credentials, { egress }).validate(signal)
    } catch (error) {
      throw toRefusal(error, provider, { hasTimedOut: signal.aborted, timeoutMs })
    }
  }
}

function toRefusal(
  error: unknown,
  { label }: ProviderDefinition,
  { hasTimedOut, timeoutMs }: { readonly hasTimedOut: boolean; readonly timeoutMs: number },
): unknown {
  if (hasTimedOut) {
    const message = `${label.en_US} did not answer within ${timeoutMs / 1000} seconds. Check the address and the network, then save again.`
    return new AppError('invalid_param', { message, param: 'credentials', cause: error })
  }
  if (!ProviderError.is(error)) return error
  const coded = toModelError(error)
  const message = AppError.is(coded) ? coded.message : error.message
  return new AppError('invalid_param', { message, param: 'credentials', cause: error })
}
