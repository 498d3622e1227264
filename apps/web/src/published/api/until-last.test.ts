import { expect, it } from 'vitest'
import { untilLast } from './until-last.ts'

/** A connection that tells how it was left. */
function aConnection(frames: readonly string[], end: Promise<void> = Promise.resolve()) {
  const left = Promise.withResolvers<string>()
  async function* read() {
    let how = 'broken off'
    try {
      yield* frames
      await end
      how = 'read to its end'
    } catch {
      how = 'lost'
      throw new TypeError('lost')
    } finally {
      left.resolve(how)
    }
  }
  return { stream: read(), left: left.promise }
}

async function all(frames: AsyncIterable<string>): Promise<string[]> {
  const got: string[] = []
  for await (const frame of frames) got.push(frame)
  return got
}

const isLast = (frame: string) => frame === 'last'

it('reads a stream to its end behind its last frame, and nobody waits for it', async () => {
  const end = Promise.withResolvers<void>()
  const { stream, left } = aConnection(['a', 'last', 'never'], end.promise)
  expect(await all(untilLast(stream, isLast))).toEqual(['a', 'last'])
  end.resolve()
  expect(await left).toBe('read to its end')
})

it('takes a connection that is lost behind the last frame for read', async () => {
  const { stream, left } = aConnection(['last'], Promise.reject(new TypeError('lost')))
  expect(await all(untilLast(stream, isLast))).toEqual(['last'])
  expect(await left).toBe('lost')
})

it('breaks off what is left before, and throws what it breaks with', async () => {
  const { stream, left } = aConnection(['a', 'b', 'last'])
  for await (const _ of untilLast(stream, isLast)) break
  expect(await left).toBe('broken off')
  await expect(all(untilLast(aConnection(['a'], Promise.reject(new TypeError('lost'))).stream, isLast))).rejects.toThrow('lost')
})
