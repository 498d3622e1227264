import { describe, expect, it } from 'vitest'
import { createTurns } from './in-turn.ts'

function frames() {
  const asked: (() => void)[] = []
  return { wait: (then: () => void) => void asked.push(then), pass: () => asked.shift()?.(), waiting: () => asked.length }
}

describe('taking turns', () => {
  it('lets a frame pass between one and the next', () => {
    const { wait, pass, waiting } = frames()
    const inTurn = createTurns(wait)
    const done: string[] = []
    inTurn(() => done.push('a'))
    inTurn(() => done.push('b'))
    expect([done, waiting()]).toEqual([[], 1])
    pass()
    expect(done).toEqual(['a'])
    pass()
    expect([done, waiting()]).toEqual([['a', 'b'], 0])
    inTurn(() => done.push('c'))
    pass()
    expect(done).toEqual(['a', 'b', 'c'])
  })

  it('passes over what was taken back', () => {
    const { wait, pass, waiting } = frames()
    const inTurn = createTurns(wait)
    const done: string[] = []
    const takeBack = inTurn(() => done.push('a'))
    inTurn(() => done.push('b'))
    takeBack()
    pass()
    expect([done, waiting()]).toEqual([['b'], 0])
    takeBack()
    inTurn(() => done.push('c'))()
    pass()
    expect([done, waiting()]).toEqual([['b'], 0])
  })
})
