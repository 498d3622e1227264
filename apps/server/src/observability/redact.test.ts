import { AppError } from '@trellis/contracts'
import { describe, expect, it } from 'vitest'
import { redactFields, redactText } from './redact.ts'

const redact = (fields: object, showsContent = false) => redactFields(fields, { showsContent })

describe('redactFields', () => {
  it.each([
    'authorization',
    'Cookie',
    'set-cookie',
    'password',
    'new_password',
    'api_key',
    'apiKey',
    'x-api-key',
    'token',
    'access_token',
    'csrfToken',
    'client_secret',
    'credentials',
    'SECRET_KEY',
  ])('removes what stands under %s', (key) => {
    expect(redact({ [key]: 'hush', deep: [{ [key]: { a: 'hush' } }] })).toEqual({ [key]: '[redacted]', deep: [{ [key]: '[redacted]' }] })
  })

  it('keeps counts and claims whose names sound like secrets', () => {
    const fields = { totalTokens: 12, promptTokens: 7, maxToken: 5, hasPassword: true, firstTokenMs: 3, tokens: { prompt: 1 }, token: null }
    expect(redact(fields)).toEqual(fields)
  })

  it('hides what was said, but for its length', () => {
    const fields = { query: 'hello', inputs: { a: 1 }, messages: [1, 2], runId: 'r' }
    expect(redact(fields)).toEqual({ query: '[5 characters]', inputs: '[1 fields]', messages: '[2 items]', runId: 'r' })
    expect(redact(fields, true)).toEqual(fields)
  })

  it('writes errors with code, stack and cause', () => {
    const error = new AppError('invalid_param', { message: 'The port is wrong.', cause: new Error('postgres://me:hunter2@db failed') })
    expect(redact({ error })).toMatchObject({
      error: {
        type: 'AppError',
        code: 'invalid_param',
        message: 'The port is wrong.',
        stack: expect.stringContaining('redact.test.ts'),
        cause: { message: 'postgres://[redacted]@db failed' },
      },
    })
  })

  it('survives circles, depth, bytes, dates and functions', () => {
    const circle: Record<string, unknown> = { bytes: new Uint8Array(3), when: new Date(0), big: 5n, call: () => 1 }
    circle['self'] = circle
    let deep: object = {}
    for (let level = 0; level < 20; level++) deep = { deep }
    const written = JSON.stringify(redact({ circle, deep }))
    expect(written).toContain('[circular]')
    expect(written).toContain('[too deep]')
    expect(written).toContain('[3 bytes]')
    expect(written).toContain('1970-01-01T00:00:00.000Z')
  })

  it('tells the same object twice where it is no circle', () => {
    const shared = { a: 1 }
    expect(redact({ one: shared, two: shared })).toEqual({ one: { a: 1 }, two: { a: 1 } })
  })
})

describe('redactText', () => {
  it.each([
    ['connect to redis://:hunter2@host:1/2', 'connect to redis://[redacted]@host:1/2'],
    ['Authorization: Bearer abcdefghijkl', 'Authorization: Bearer [redacted]'],
    ['key app-abcdefghijklmnopqrstuvwx is wrong', 'key app-[redacted] is wrong'],
    ['Incorrect API key provided: sk-proj-abcdefghijklmnop', 'Incorrect API key provided: sk-[redacted]'],
    ['GET https://host/v1/models?key=abc&alt=sse', 'GET https://host/v1/models?key=[redacted]&alt=sse'],
    ['nothing to hide at https://example.com:8080/a@b', 'nothing to hide at https://example.com:8080/a@b'],
  ])('%s', (given, expected) => {
    expect(redactText(given)).toBe(expected)
  })

  it('cuts what is too long', () => {
    expect(redactText('x'.repeat(20_000)).length).toBeLessThan(8_300)
  })
})
