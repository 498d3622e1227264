/**
 * The frames of a stream up to its last one. Behind that one it is not broken off but read to its end, which the server sends at once: a browser
 * would tell of a request that failed. Nobody waits for it.
 */
export async function* untilLast<Frame>(
  stream: AsyncIterable<Frame>,
  isLast: (frame: Frame) => boolean,
): AsyncGenerator<Frame, void, undefined> {
  const frames = stream[Symbol.asyncIterator]()
  let isOver = false
  try {
    for (;;) {
      const next = await frames.next()
      if (next.done) return
      isOver = isLast(next.value)
      yield next.value
      if (isOver) return
    }
  } finally {
    if (isOver) void readOut(frames)
    else await frames.return?.()
  }
}

/** What breaks behind the last frame takes nothing away. */
async function readOut(frames: AsyncIterator<unknown>): Promise<void> {
  try {
    while (!(await frames.next()).done);
  } catch {
    // See above.
  }
}
