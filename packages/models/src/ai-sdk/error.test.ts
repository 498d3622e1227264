import { EgressError } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { toProviderError } from './error.ts'
import { retryAfterMsIn } from './retry-after.ts'

const open = new AbortController().signal

describe('toProviderError', () => {
  it('cuts secrets out of what the provider says, and keeps it short', () => {
    const error = Object.assign(new Error(`bad key sk-secret ${'x'.repeat(5_000)}`), { name: 'AI_APICallError', statusCode: 401 })
    const made = toProviderError(error, open, ['sk-secret'])
    expect(made).toMatchObject({ kind: 'authorization', status: 401, message: expect.stringMatching(/^bad key \*\*\* x+…$/) })
    expect((made as Error).message.length).toBeLessThanOrEqual(1_000)
  })

  it.each(['{"error":{"message":"no"}}', '{"error":"no"}', '{"message":"no"}', '{"Message":"no"}', '{"detail":"no"}'])(
    'finds the words of %s, which no SDK knows',
    (responseBody) => {
      const error = Object.assign(new Error(''), { name: 'AI_APICallError', statusCode: 400, responseBody })
      expect(toProviderError(error, open, [])).toMatchObject({ kind: 'bad-request', message: 'no' })
    },
  )

  it('does not carry the prompt along', () => {
    const error = Object.assign(new Error('no'), { name: 'AI_APICallError', statusCode: 400, requestBodyValues: { prompt: 'private' } })
    expect(JSON.stringify(toProviderError(error, open, []))).not.toContain('private')
    expect(toProviderError(error, open, [])).toMatchObject({ kind: 'bad-request', cause: undefined })
  })

  it('finds the egress rule below the library that wraps it', () => {
    const refused = new EgressError('refused', 'The address 169.254.169.254 is not allowed.', { rule: 'metadata-address' })
    const wrapped = Object.assign(new Error('Cannot connect'), {
      name: 'AI_APICallError',
      cause: new TypeError('fetch failed', { cause: refused }),
    })
    expect(toProviderError(wrapped, open, [])).toMatchObject({ kind: 'bad-request', message: refused.message, cause: refused })
    expect(toProviderError(new EgressError('timeout', 'slow'), open, [])).toMatchObject({ kind: 'connection' })
  })

  it('tells what the SDK itself refuses as a bad request', () => {
    const error = Object.assign(new Error("'audio' is not supported"), { name: 'AI_UnsupportedFunctionalityError' })
    expect(toProviderError(error, open, [])).toMatchObject({ kind: 'bad-request' })
  })

  it('gives back the reason of an abort, whatever came of it', () => {
    const reason = new Error('stopped')
    expect(toProviderError(new Error('socket closed'), AbortSignal.abort(reason), [])).toBe(reason)
  })
})

describe('retryAfterMsIn', () => {
  it.each([
    [{ 'retry-after': '7' }, '', 7_000],
    [{ 'retry-after-ms': '250', 'retry-after': '7' }, '', 250],
    [{ 'retry-after': 'Wed, 21 Oct 2026 07:28:30 GMT', date: 'Wed, 21 Oct 2026 07:28:00 GMT' }, '', 30_000],
    [{}, '{"details":[{"retryDelay": "1.5s"}]}', 1_500],
    [{ 'retry-after': 'soon' }, '', undefined],
    [{}, '', undefined],
  ])('reads %j %s as %s', (headers, body, expected) => {
    expect(retryAfterMsIn(headers as Record<string, string>, body)).toBe(expected)
  })
})
