import { describe, expect, it } from 'vitest'
import { Book, nothingHeld } from './book.ts'

const hold = (holder_id: string, expires_at: number) => ({ holder_id, reserved_nano: 30, sent_nano: 10, expires_at })
const open = (holds: ReturnType<typeof hold>[] = [], usedNano = 0) =>
  new Book({ usedNano, refusedCalls: 0, holds }, { holderId: 'me', held: nothingHeld, now: 100 })

describe('the book of a budget', () => {
  it('covers what is left beside what was used and what is held', () => {
    const book = open([hold('other', 200)], 20)
    expect([book.covers(100, 50), book.covers(100, 51)]).toEqual([true, false])
    book.hold({ reservedNano: 50, sentNano: 5 })
    expect([book.reservedNano, book.covers(100, 0), book.covers(100, 1)]).toEqual([80, true, false])
  })

  it('has back what was held and not used', () => {
    const book = open()
    book.hold({ reservedNano: 100, sentNano: 10 })
    book.settle({ reservedNano: 100, sentNano: 10 }, 25)
    expect([book.usedNano, book.held, book.covers(100, 75)]).toEqual([25, nothingHeld, true])
  })

  it('takes what a process that is gone had sent as used, and the rest back', () => {
    const book = open([hold('gone', 99), hold('alive', 100), hold('me', 0)])
    expect([book.gone, book.usedNano, book.reservedNano]).toEqual([['gone'], 10, 30])
  })
})
