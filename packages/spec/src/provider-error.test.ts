import { AppError } from '@trellis/contracts'
import { expect, it } from 'vitest'
import { ProviderError } from './provider-error.ts'

it('is an AppError that answers completion_request_error', () => {
  const error = new ProviderError('rate-limit', 'OpenAI is rate-limiting.', {
    status: 429,
    retryAfterSeconds: 7,
    providerMessage: 'slow down',
  })
  expect(AppError.is(error)).toBe(true)
  expect(ProviderError.is(error)).toBe(true)
  expect(error.toBody()).toEqual({ code: 'completion_request_error', message: 'OpenAI is rate-limiting.', status: 400 })
  expect(error).toMatchObject({
    kind: 'rate-limit',
    providerStatus: 429,
    retryAfterSeconds: 7,
    providerMessage: 'slow down',
    isRetryable: true,
  })
})

it('tells other errors apart', () => {
  expect(ProviderError.is(new AppError('not_found'))).toBe(false)
  expect(ProviderError.is(undefined)).toBe(false)
  expect(new ProviderError('authorization', 'x').isRetryable).toBe(false)
})
