import { describe, expect, it } from 'vitest'
import { createStopWish } from './stop-wish.ts'

function aWish(...refusals: boolean[]) {
  const sent: string[] = []
  let refused = 0
  const wish = createStopWish({
    send(taskId) {
      sent.push(taskId)
      return refusals.shift() ? Promise.reject(new TypeError('refused')) : Promise.resolve()
    },
    onRefused() {
      refused += 1
    },
  })
  return { wish, sent, refused: () => refused }
}

describe('the wish that a run stop', () => {
  it('waits until the run has a name', () => {
    const { wish, sent } = aWish()
    wish.make()
    expect(wish.isMade()).toBe(true)
    expect(sent).toEqual([])
    wish.learn('t')
    wish.learn('t')
    wish.make()
    expect(sent).toEqual(['t'])
  })

  it('is sent at once where it has one', () => {
    const { wish, sent } = aWish()
    wish.learn('t')
    expect(sent).toEqual([])
    wish.make()
    expect(sent).toEqual(['t'])
  })

  it('may be made once more where it was refused, and is not sent by itself', async () => {
    const { wish, sent, refused } = aWish(true)
    wish.learn('t')
    wish.make()
    await expect.poll(refused).toBe(1)
    wish.learn('t')
    expect(wish.isMade()).toBe(false)
    wish.make()
    expect(sent).toEqual(['t', 't'])
  })
})
