import { describe, expect, it } from 'vitest'
import { abortableSleep, parseRetryAfterMs, type RetryOptions, retry } from './retry.ts'

function options(overrides: Partial<RetryOptions> = {}): { readonly delays: number[]; readonly options: RetryOptions } {
  const delays: number[] = []
  const sleep = async (ms: number) => {
    delays.push(ms)
  }
  return { delays, options: { attempts: 4, baseMs: 100, maxMs: 300, isRetryable: () => true, sleep, random: () => 0.5, ...overrides } }
}

const failing = (times: number) => (attempt: number) =>
  attempt <= times ? Promise.reject(new Error(`try ${attempt}`)) : Promise.resolve(attempt)

describe('retry', () => {
  it('tries again after growing delays with jitter', async () => {
    const { delays, options: given } = options()
    expect(await retry(failing(3), given)).toBe(4)
    expect(delays).toEqual([75, 150, 225])
  })

  it('throws the last error when its tries are used up', async () => {
    const { delays, options: given } = options({ attempts: 2 })
    await expect(retry(failing(9), given)).rejects.toThrow('try 2')
    expect(delays).toHaveLength(1)
  })

  it('does not repeat what is final', async () => {
    const { delays, options: given } = options({ isRetryable: () => false })
    await expect(retry(failing(9), given)).rejects.toThrow('try 1')
    expect(delays).toEqual([])
  })

  it('waits as long as it is asked to', async () => {
    const { delays, options: given } = options({ retryAfterMs: () => 290 })
    await retry(failing(1), given)
    expect(delays).toEqual([290])
  })

  it('does not wait longer than it may', async () => {
    const { delays, options: given } = options({ retryAfterMs: () => 301 })
    await expect(retry(failing(1), given)).rejects.toThrow('try 1')
    expect(delays).toEqual([])
  })

  it('stops waiting on abort', async () => {
    const controller = new AbortController()
    const sleep = (ms: number, signal: AbortSignal | undefined) => {
      queueMicrotask(() => controller.abort(new Error('enough')))
      return abortableSleep(ms, signal)
    }
    const { options: given } = options({ signal: controller.signal, sleep, baseMs: 1e8, maxMs: 1e8 })
    await expect(retry(failing(9), given)).rejects.toThrow('enough')
  })

  it('does not start when already aborted', async () => {
    const { options: given } = options({ signal: AbortSignal.abort(new Error('never')) })
    await expect(retry(failing(0), given)).rejects.toThrow('never')
  })
})

describe('parseRetryAfterMs', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after-ms': '120', 'retry-after': '7' }, 120],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:05 GMT' }, 5000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, undefined],
    [{}, undefined],
  ])('%j: %s', (headers, expected) => {
    expect(parseRetryAfterMs(headers as Record<string, string>, now)).toBe(expected)
  })
})
