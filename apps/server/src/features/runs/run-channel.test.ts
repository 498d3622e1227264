import { describe, expect, it } from 'vitest'
import { createWakeScheduler, RunChannel } from './run-channel.ts'

const aChannel = (): RunChannel => new RunChannel({ runId: 'run', epoch: 0, firstOffset: 0, wakeSoon: createWakeScheduler() })
const say = (channel: RunChannel, count: number): void => {
  for (let index = 0; index < count; index++) channel.append({ type: 'text-delta', text: String(channel.nextOffset) })
}
const texts = (channel: RunChannel, offset: number): unknown =>
  channel.read(offset)?.events.map((event) => (event.type === 'text-delta' ? event.text : event.type))

describe('a run’s channel', () => {
  it('gives what lies beyond an offset', () => {
    const channel = aChannel()
    say(channel, 4)
    expect(texts(channel, 2)).toEqual(['2', '3'])
    expect(channel.read(2)).toMatchObject({ epoch: 0, firstOffset: 2 })
    expect(texts(channel, 4)).toEqual([])
    expect(texts(channel, 9)).toEqual([])
  })

  it('keeps everything that the journal does not have', () => {
    const channel = aChannel()
    say(channel, 5_000)
    expect(texts(channel, 0)).toHaveLength(5_000)
    expect(channel.unjournalled()).toMatchObject({ firstOffset: 0 })
    channel.markJournalled(10)
    expect(texts(channel, 0)).toHaveLength(5_000)
    expect(channel.unjournalled()).toMatchObject({ firstOffset: 10 })
    expect(channel.hasUnjournalled).toBe(true)
  })

  it('forgets what the journal has, but for a little at the tip', () => {
    const channel = aChannel()
    say(channel, 5_000)
    channel.markJournalled(5_000)
    expect(channel.hasUnjournalled).toBe(false)
    expect(channel.read(0)).toBeUndefined()
    expect(channel.nextOffset - channel.base).toBeLessThanOrEqual(128)
    expect(texts(channel, 4_999)).toEqual(['4999'])
    say(channel, 1)
    expect(channel.unjournalled()).toMatchObject({ firstOffset: 5_000, events: [{ text: '5000' }] })
  })

  it('never goes back in what it knows to be safe', () => {
    const channel = aChannel()
    say(channel, 10)
    channel.markJournalled(8)
    channel.markJournalled(3)
    expect(channel.journalled).toBe(8)
  })

  it('wakes a reader once for all that came in one turn', async () => {
    const channel = aChannel()
    const seen: unknown[] = []
    const reading = (async () => {
      await channel.waitBeyond(0)
      seen.push(texts(channel, 0))
    })()
    say(channel, 3)
    await reading
    expect(seen).toEqual([['0', '1', '2']])
  })

  it('lets readers go at its end', async () => {
    const channel = aChannel()
    const waiting = Promise.all([channel.waitBeyond(0), channel.waitBeyond(7)])
    channel.end()
    await waiting
    await channel.ended
    await channel.waitBeyond(100)
    expect(channel.isEnded).toBe(true)
  })
})
