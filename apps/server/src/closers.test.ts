import { describe, expect, it } from 'vitest'
import { closeInTurn, closeTogether } from './closers.ts'
import { createWatchingLogger } from './testing/watching-logger.ts'

describe('closing', () => {
  it('goes in reverse order, each after the one before, and past one that fails', async () => {
    const { logger, takeProblems } = createWatchingLogger()
    const seen: string[] = []
    const closer = (name: string) => async (graceMs: number) => {
      seen.push(`${name} begins ${graceMs}`)
      await Promise.resolve()
      seen.push(`${name} ends`)
    }
    const failing = () => Promise.reject(new Error('no'))
    await closeInTurn([closer('a'), failing, closer('b')], { graceMs: 7, logger })
    expect(seen).toEqual(['b begins 7', 'b ends', 'a begins 7', 'a ends'])
    expect(takeProblems()).toHaveLength(1)
  })

  it('goes together: nobody waits for another to be done, and one that fails fails alone', async () => {
    const { logger, takeProblems } = createWatchingLogger()
    const second = Promise.withResolvers<void>()
    const seen: number[] = []
    const waiting = async (graceMs: number) => {
      await second.promise
      seen.push(graceMs)
    }
    const failing = () => {
      throw new Error('no')
    }
    await closeTogether([waiting, failing, (graceMs) => second.resolve(void seen.push(graceMs))], { graceMs: 7, logger })
    expect(seen).toEqual([7, 7])
    expect(takeProblems()).toHaveLength(1)
  })
})
