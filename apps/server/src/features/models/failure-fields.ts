import { ProviderError } from '@trellis/spec'

/** A provider's answer says by itself what is wrong: where it was read says nothing more. What else fails is told with its stack. */
export function failureFields(error: unknown): object {
  if (!ProviderError.is(error) || error.status === undefined) return { err: error }
  return { status: error.status, said: error.message }
}
