import { type Logger, silentLogger } from '@trellis/spec'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createRedisOutage } from './redis-outage.ts'

const MINUTE_MS = 60_000
const [commands, subscriber] = [{}, {}]

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function anOutage() {
  const lines: { readonly fields: object; readonly message: string }[] = []
  const keep = (fields: object, message: string): void => void lines.push({ fields, message: message.split('.')[0] ?? '' })
  const logger: Logger = { ...silentLogger, info: keep, error: keep }
  return { lines, outage: createRedisOutage({ logger, address: 'redis:6379' }) }
}

it('is told once, with the reason, however many connections report it and however often', () => {
  const { outage, lines } = anOutage()
  for (let attempt = 0; attempt < 50; attempt++) for (const part of [commands, subscriber]) outage.lost(part, 'ECONNREFUSED')
  expect(lines).toEqual([{ fields: { redis: 'redis:6379', reason: 'ECONNREFUSED' }, message: 'Redis cannot be reached' }])
  expect(outage).toMatchObject({ isOn: true, reason: 'ECONNREFUSED' })
})

it('is told again each minute while it lasts, and ends with how long it took when the last connection is back', () => {
  const { outage, lines } = anOutage()
  outage.lost(commands, 'ECONNREFUSED')
  outage.lost(subscriber, 'ECONNREFUSED')
  vi.advanceTimersByTime(2 * MINUTE_MS)
  outage.found(commands)
  vi.advanceTimersByTime(500)
  expect(outage.isOn).toBe(true)
  outage.found(subscriber)
  vi.advanceTimersByTime(10 * MINUTE_MS)
  expect(lines.slice(1)).toMatchObject([
    { message: 'Redis still cannot be reached', fields: { seconds: 60 } },
    { message: 'Redis still cannot be reached', fields: { seconds: 120 } },
    { message: 'Redis is back', fields: { redis: 'redis:6379', seconds: 120.5 } },
  ])
  expect(outage.isOn).toBe(false)
})

it('is not told more often of a server that comes and goes', () => {
  const { outage, lines } = anOutage()
  for (let round = 0; round < 12; round++) {
    outage.lost(commands, 'ECONNRESET')
    vi.advanceTimersByTime(5000)
    outage.found(commands)
    vi.advanceTimersByTime(4000)
  }
  // Within 108 seconds.
  expect(lines.map(({ message }) => message)).toEqual([
    'Redis cannot be reached',
    'Redis is back',
    'Redis cannot be reached',
    'Redis is back',
  ])
})

it('is told no more once whoever connects has closed', () => {
  const { outage, lines } = anOutage()
  outage.lost(commands, 'ECONNREFUSED')
  outage.close()
  outage.lost(subscriber, 'Connection is closed.')
  vi.advanceTimersByTime(2 * MINUTE_MS)
  expect(lines).toHaveLength(1)
})
