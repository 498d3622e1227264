const afterPaint = (then: () => void) => void requestAnimationFrame(() => setTimeout(then))

/** Calls one after the other, with a frame between: what is done in parts by many at once would else come in one frame after all. */
export function createTurns(wait: (then: () => void) => void = afterPaint) {
  const waiting: (() => void)[] = []
  let isGoing = false
  const goOn = () => {
    isGoing = waiting.length > 0
    if (isGoing) wait(next)
  }
  const next = () => {
    waiting.shift()?.()
    goOn()
  }
  /** Returns what takes it back. */
  return (then: () => void): (() => void) => {
    waiting.push(then)
    if (!isGoing) goOn()
    return () => {
      const place = waiting.indexOf(then)
      if (place >= 0) waiting.splice(place, 1)
    }
  }
}

/** Of the cards of the Studio. */
export const inTurn = createTurns()
