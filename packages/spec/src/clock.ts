/** Time, as an argument: whoever decides by time gets one of these, so that tests own it. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
