import { ProviderError } from '@trellis/spec'
import { expect, it } from 'vitest'
import { failureFields } from './failure-fields.ts'

it('tells what a provider answered in its words, without a stack', () => {
  expect(failureFields(new ProviderError('authorization', 'Key revoked', { status: 401 }))).toEqual({ status: 401, said: 'Key revoked' })
})

it.each([new ProviderError('connection', 'fetch failed'), new TypeError('x')])('tells all there is of %s', (error) => {
  expect(failureFields(error)).toEqual({ err: error })
})
