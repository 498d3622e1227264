import { expect, it } from 'vitest'
import { WaitingTime } from './waiting-time.ts'

it('counts time once, however many things are waited for in it', async () => {
  let now = 0
  const waiting = new WaitingTime(() => now)
  const first = Promise.withResolvers<number>()
  const second = Promise.withResolvers<number>()
  const firstWait = waiting.during(first.promise)
  const secondWait = waiting.during(second.promise)
  now = 10
  expect(waiting.totalMs).toBe(10)
  first.resolve(1)
  expect(await firstWait).toBe(1)
  now = 15
  second.reject(new Error('no'))
  await expect(secondWait).rejects.toThrow('no')
  now = 100
  expect(waiting.totalMs).toBe(15)
  const third = Promise.withResolvers<number>()
  const thirdWait = waiting.during(third.promise)
  now = 103
  third.resolve(3)
  await thirdWait
  expect(waiting.totalMs).toBe(18)
})
