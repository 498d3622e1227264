import { describe, expect, it } from 'vitest'
import { gatherSound } from './gather-sound.ts'

const bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, (_, index) => index % 251)

async function* cut(sound: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0
  for (const size of sizes) {
    yield sound.subarray(from, from + size)
    from += size
  }
}

async function gather(sizes: readonly number[], size: number) {
  const sound = bytes(sizes.reduce((sum, part) => sum + part, 0))
  const pieces: Uint8Array[] = []
  for await (const piece of gatherSound(cut(sound, sizes), size)) pieces.push(piece)
  expect(Buffer.concat(pieces)).toEqual(Buffer.from(sound))
  return pieces.map(({ length }) => length)
}

describe('sound in pieces', () => {
  it.each([
    [[], []],
    [[0, 0], []],
    [[3], [3]],
    [[10], [10]],
    [Array.from({ length: 25 }, () => 1), [10, 10, 5]],
    [[25], [10, 10, 5]],
    [
      [4, 0, 6, 9, 1],
      [10, 10],
    ],
    [
      [9, 23, 1],
      [10, 10, 10, 3],
    ],
  ])('of ten bytes, of chunks of %j', async (sizes, expected) => expect(await gather(sizes, 10)).toEqual(expected))

  it('come as soon as they are full', async () => {
    const never = Promise.withResolvers<void>()
    async function* stall() {
      yield bytes(12)
      await never.promise
    }
    expect((await gatherSound(stall(), 10).next()).value).toHaveLength(10)
  })

  it('let go of the voice where nobody goes on listening', async () => {
    let isFree = false
    async function* speak() {
      try {
        for (;;) yield bytes(12)
      } finally {
        isFree = true
      }
    }
    for await (const piece of gatherSound(speak(), 10)) {
      expect(piece).toHaveLength(10)
      break
    }
    expect(isFree).toBe(true)
  })
})
