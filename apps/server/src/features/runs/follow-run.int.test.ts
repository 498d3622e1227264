import type { RunEvent } from '@trellis/contracts'
import type { LiveEvents } from '@trellis/spec'
import { describe, expect, it } from 'vitest'
import { aborted, aRun, createProcesses, describeOnRunStores, stopped, succeeded, type TestProcess } from '../../testing/run-stores.ts'
import { foldText } from './event-batch.ts'
import { followRun } from './follow-run.ts'
import { type ControlMessage, controlChannel } from './host-control.ts'
import type { EventBatch } from './run-channel.ts'
import type { RunOutcome } from './run-outcome.ts'
import type { RunContext } from './run-spec.ts'
import { claimRun, findRunById, listRunEvents, requestStop } from './runs.repository.ts'

const never = new AbortController().signal
const textOf = (batches: readonly EventBatch[]): string => batches.reduce((text, { events }) => foldText(text, events), '')
const eventsOf = (batches: readonly EventBatch[]): RunEvent[] => batches.flatMap(({ events }) => [...events])

/** Every event has its place, right after the one before. */
function assertSeamless(batches: readonly EventBatch[], fromOffset = 0): void {
  let offset = fromOffset
  for (const { firstOffset, events } of batches) {
    expect(firstOffset).toBe(offset)
    offset += events.length
  }
}

await describeOnRunStores('following a run', (stores) => {
  const startProcess = createProcesses(stores)

  /** A run that says a word whenever it is told to. */
  async function startTalk({ host }: TestProcess) {
    let emit: ((event: RunEvent) => void) | undefined
    const end = Promise.withResolvers<void>()
    const run = aRun(async (context) => {
      emit = context.emit
      await Promise.race([end.promise, aborted(context.signal)])
      return context.signal.aborted ? stopped : succeeded
    })
    const channel = await host.start(run)
    return {
      id: run.run.id,
      channel,
      say: (...words: string[]): void => words.forEach((text) => void emit?.({ type: 'text-delta', text })),
      end: () => end.resolve(),
      isJournalled: () => expect.poll(() => channel.hasUnjournalled).toBe(false),
    }
  }
  const words = (count: number, from = 0): string[] => Array.from({ length: count }, (_, index) => `${from + index} `)

  describe('in its own process', () => {
    it('tells all from the start, and the rest from a position', async () => {
      const process = await startProcess()
      const talk = await startTalk(process)
      talk.say('a', 'b')
      const [whole, rest] = [process.read(talk.id), process.read(talk.id, { epoch: 0, offset: 1 })]
      talk.say('c')
      talk.end()
      expect(textOf(await whole)).toBe('abc')
      assertSeamless(await whole)
      expect(textOf(await rest)).toBe('bc')
      expect(eventsOf(await process.read(talk.id, { epoch: 0, offset: 2 })).map(({ type }) => type)).toEqual(['text-delta', 'run-end'])
    })

    it('reads from the journal what the channel has let go', async () => {
      const process = await startProcess()
      const talk = await startTalk(process)
      for (let round = 0; round < 4; round++) {
        talk.say(...words(500, round * 500))
        await talk.isJournalled()
      }
      expect(talk.channel.base).toBeGreaterThan(1000)
      const reading = process.read(talk.id)
      talk.say('last')
      talk.end()
      expect(textOf(await reading)).toBe(`${words(2000).join('')}last`)
      assertSeamless(await reading)
    })

    it('holds nothing back for a reader that does not read', async () => {
      const process = await startProcess()
      const talk = await startTalk(process)
      const slow = followRun(process, talk.id, undefined, never)
      await slow.next()
      for (let round = 0; round < 3; round++) {
        talk.say(...words(400, round * 400))
        await talk.isJournalled()
        expect(talk.channel.nextOffset - talk.channel.base).toBeLessThanOrEqual(600)
      }
      talk.end()
      await talk.channel.ended
      const rest: EventBatch[] = []
      for await (const batch of slow) rest.push(batch)
      expect(textOf(rest)).toBe(words(1200).join(''))
    })

    it('lets a reader go that leaves, at once', async () => {
      const process = await startProcess()
      const talk = await startTalk(process)
      const left = new AbortController()
      const reader = followRun(process, talk.id, undefined, left.signal)
      await reader.next()
      const waiting = reader.next()
      left.abort()
      expect((await waiting).done).toBe(true)
      talk.end()
    })

    it('ends at once for a reader that has it all', async () => {
      const process = await startProcess()
      const talk = await startTalk(process)
      talk.say('a')
      talk.end()
      await talk.channel.ended
      await expect.poll(() => process.host.isAlive(talk.id)).toBe(false)
      expect(await process.read(talk.id, { epoch: 0, offset: 2 })).toEqual([])
      expect(await process.read(talk.id, { epoch: 0, offset: 99 })).toEqual([])
      expect(await process.read('00000000-0000-7000-8000-000000000000')).toEqual([])
    })
  })

  describe('in another process', () => {
    it('gets what was said, what is being said, and the end', async () => {
      const [home, other] = [await startProcess(), await startProcess()]
      const talk = await startTalk(home)
      talk.say('a ', 'b ')
      await talk.isJournalled()
      const seen: EventBatch[] = []
      const reading = (async () => {
        for await (const batch of followRun(other, talk.id, undefined, never)) seen.push(batch)
      })()
      await expect.poll(() => textOf(seen)).toBe('a b ')
      for (const word of ['c ', 'd ', 'e ']) {
        talk.say(word)
        await expect.poll(() => textOf(seen).endsWith(word)).toBe(true)
      }
      talk.end()
      await reading
      expect(textOf(seen)).toBe('a b c d e ')
      assertSeamless(seen)
      expect(seen.at(-1)?.events.at(-1)?.type).toBe('run-end')
    })

    it('serves readers that came at different times, and some that continue', async () => {
      const [home, other] = [await startProcess(), await startProcess()]
      const talk = await startTalk(home)
      const early = other.read(talk.id)
      talk.say(...words(300))
      const late = other.read(talk.id, { epoch: 0, offset: 100 })
      await talk.isJournalled()
      talk.say(...words(300, 300))
      const [third] = [other.read(talk.id)]
      talk.end()
      expect(textOf(await early)).toBe(words(600).join(''))
      assertSeamless(await early)
      expect(textOf(await late)).toBe(words(500, 100).join(''))
      assertSeamless(await late, 101)
      expect(textOf(await third)).toBe(words(600).join(''))
    })

    const refuse = () => Promise.reject(new TypeError('Redis is away'))
    it.each([
      ['messages are lost', { subscribe: async () => async () => undefined }],
      ['live events are away', { subscribe: refuse, publish: refuse }],
      ['live events go away', { subscribe: async () => refuse, publish: refuse }],
    ])('catches up through the journal where %s', async (_, broken) => {
      const home = await startProcess()
      const deaf = await startProcess()
      const liveEvents = { ...deaf.liveEvents, ...broken }
      const talk = await startTalk(home)
      talk.say('a ')
      const seen: EventBatch[] = []
      const reading = (async () => {
        for await (const batch of followRun({ ...deaf, liveEvents }, talk.id, undefined, never)) seen.push(batch)
      })()
      talk.say('b ')
      await expect.poll(() => textOf(seen), { timeout: 10_000 }).toBe('a b ')
      talk.end()
      await reading
      assertSeamless(seen)
      expect(seen.at(-1)?.events.at(-1)?.type).toBe('run-end')
    })

    it('reads a run that is over', async () => {
      const [home, other] = [await startProcess(), await startProcess()]
      const talk = await startTalk(home)
      talk.say('a ', 'b ')
      talk.end()
      await talk.channel.ended
      expect(textOf(await other.read(talk.id))).toBe('a b ')
      expect(textOf(await other.read(talk.id, { epoch: 0, offset: 1 }))).toBe('b ')
      expect(await other.read(talk.id, { epoch: 0, offset: 3 })).toEqual([])
    })

    it('stops it: by message, or by the row where the message is lost', async () => {
      const [home, other] = [await startProcess(), await startProcess()]
      const first = await startTalk(home)
      await other.liveEvents.publish(
        controlChannel(home.host.id),
        JSON.stringify({ type: 'stop', runId: first.id } satisfies ControlMessage),
      )
      await first.channel.ended
      expect(await findRunById(stores.db, first.id)).toMatchObject({ status: 'stopped' })

      const second = await startTalk(home)
      await requestStop(stores.db, second.id, Date.now())
      await home.reaper.start()
      await second.channel.ended
      expect(await findRunById(stores.db, second.id)).toMatchObject({ status: 'stopped' })
    })
  })

  describe('whose process was given up', () => {
    /** Home is taken for dead by the other, which ends its runs. */
    async function takeOver(home: TestProcess, other: TestProcess): Promise<void> {
      await home.reaper.start()
      other.clock.advance(60_000)
      await other.reaper.start()
    }

    it('tells the text that is known, and that it was interrupted, to readers from anywhere', async () => {
      const [home, other] = [await startProcess(), await startProcess()]
      const talk = await startTalk(home)
      talk.say('a ', 'b ')
      await talk.isJournalled()
      const [here, there] = [home.read(talk.id), other.read(talk.id)]
      await takeOver(home, other)
      expect(other.interrupted).toMatchObject([{ runId: talk.id, text: 'a b ', outcome: { status: 'interrupted' } }])
      // What home goes on to say is nobody's any more.
      talk.say('c ')
      await talk.channel.ended
      for (const reading of [here, there, other.read(talk.id), home.read(talk.id)]) {
        const batches = await reading
        expect(textOf(batches)).toBe('a b ')
        expect(eventsOf(batches).at(-1)).toMatchObject({ type: 'run-error', code: 'run_interrupted' })
      }
      expect(await findRunById(stores.db, talk.id)).toMatchObject({ status: 'interrupted', epoch: 1 })
    })

    it('replaces the text for a reader who stopped in the earlier life', async () => {
      const [home, other] = [await startProcess(), await startProcess()]
      const talk = await startTalk(home)
      talk.say('a ', 'b ')
      await talk.isJournalled()
      await takeOver(home, other)
      for (const offset of [1, 2, 50]) {
        const batches = await other.read(talk.id, { epoch: 0, offset })
        expect(eventsOf(batches)).toMatchObject([{ type: 'text-replace', text: 'a b ' }, { type: 'run-error' }])
        expect(batches[0]?.epoch).toBe(1)
      }
      const [first] = await other.read(talk.id, { epoch: 0, offset: 1 })
      const last = { epoch: 1, offset: first?.firstOffset ?? 0 }
      expect(eventsOf(await other.read(talk.id, last))).toMatchObject([{ type: 'run-error' }])
    })

    it('replaces the text for a reader who comes before the next life has journalled anything', async () => {
      const [home, other] = [await startProcess(), await startProcess()]
      const talk = await startTalk(home)
      talk.say('a ')
      await talk.isJournalled()
      const row = await findRunById(stores.db, talk.id)
      if (!row) throw new Error('The run is not there')
      expect(await claimRun(stores.db, row, other.host.id)).toBe(true)
      const asked = Promise.withResolvers<void>()
      const liveEvents: LiveEvents = {
        ...other.liveEvents,
        subscribe: other.liveEvents.subscribe.bind(other.liveEvents),
        publish: async (channel, message) => {
          await other.liveEvents.publish(channel, message)
          asked.resolve()
        },
      }
      const seen: EventBatch[] = []
      const reading = (async () => {
        // It has had two words more than the journal got.
        const after = { epoch: row.epoch, offset: 3 }
        for await (const batch of followRun({ ...other, liveEvents }, talk.id, after, never)) seen.push(batch)
      })()
      await asked.promise
      const execute = async ({ emit }: RunContext) => {
        for (const text of ['b ', 'c ', 'd ']) emit({ type: 'text-delta', text })
        return succeeded
      }
      const spec = aRun(execute)
      const started: RunEvent[] = [{ type: 'text-replace', text: 'a ', reason: '' }]
      other.host.adopt<RunOutcome>({ ...spec, execute, run: { ...spec.run, ...row } }, { epoch: row.epoch + 1, firstOffset: 2, started })
      await reading
      expect(eventsOf(seen)[0]).toMatchObject({ type: 'text-replace', text: 'a ' })
      expect(textOf(seen)).toBe('a b c d ')
    })

    it('may not end it any more: the taken-over end stands', async () => {
      const [home, other] = [await startProcess(), await startProcess()]
      let finished = false
      const more = Promise.withResolvers<void>()
      const run = aRun(
        async ({ emit }) => {
          await more.promise
          emit({ type: 'text-delta', text: 'too late' })
          return succeeded
        },
        {
          async finish() {
            finished = true
          },
        },
      )
      const channel = await home.host.start(run)
      const reading = home.read(run.run.id)
      await takeOver(home, other)
      more.resolve()
      await channel.ended
      expect(finished).toBe(false)
      expect(eventsOf(await reading).at(-1)).toMatchObject({ type: 'run-error', code: 'run_interrupted' })
      expect((await listRunEvents(stores.db, run.run.id, 0)).every(({ events }) => !events.includes('too late'))).toBe(true)
      expect(await findRunById(stores.db, run.run.id)).toMatchObject({ status: 'interrupted' })
    })
  })
})
