/** What there is to see when an interaction has come to its end. */
export interface Sight {
  readonly selector: string
  /** In the first that the selector finds. */
  readonly text?: string
  /** Not this one in the first that the selector finds. */
  readonly isOther?: string
  /** So many of them; one where absent. */
  readonly least?: number
  readonly most?: number
  /** None of them. */
  readonly isGone?: boolean
}

/** What the page itself saw of one interaction, in milliseconds. */
export interface Observation {
  /** From the event to the next frame: what the browser's Event Timing says, or what was measured where it says nothing (below 16). */
  readonly paintMs: number | undefined
  /** From the event to the frame that shows the result; undefined where none was waited for. */
  readonly resultMs: number | undefined
  /** The longest frame meanwhile, or 0 where none took 50. */
  readonly longFrameMs: number
}

/** How smoothly frames came while something went on. */
export interface FrameObservation {
  readonly frames: number
  readonly longestMs: number
}

interface Recorder {
  /** From now on the next event of a person counts. With `sinceMs` (of the page's own clock) that moment does instead. */
  begin(sight: Sight | undefined, sinceMs?: number): void
  /** Once the result is seen. Fails after ten seconds. */
  end(): Promise<Observation>
  beginFrames(): void
  endFrames(): FrameObservation
}

declare global {
  interface Window {
    interactionRecorder: Recorder
  }
}

/** Runs in the page, before anything of its own: it must need nothing from outside. */
export function installRecorder(): void {
  const PATIENCE_MS = 10_000
  const SETTLING_MS = 120
  const starters = ['pointerdown', 'keydown', 'wheel'] as const
  const events: PerformanceEventTiming[] = []
  const longFrames: PerformanceEntry[] = []
  const eventObserver = new PerformanceObserver((list) => events.push(...(list.getEntries() as PerformanceEventTiming[])))
  // Sixteen is the least that browsers take.
  eventObserver.observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit)
  const frameObserver = new PerformanceObserver((list) => longFrames.push(...list.getEntries()))
  frameObserver.observe({ type: 'long-animation-frame', buffered: true })

  let observing: { finished: Promise<Observation> } | undefined
  let counting: { frames: number; longestMs: number; isOver: boolean } | undefined

  /** A task after the frame that is being made has been painted. */
  const afterPaint = (then: () => void): void => {
    const channel = new MessageChannel()
    channel.port1.onmessage = then
    requestAnimationFrame(() => channel.port2.postMessage(undefined))
  }
  const isSeen = ({ selector, text, isOther, least = 1, most = Number.POSITIVE_INFINITY, isGone = false }: Sight): boolean => {
    const found = document.querySelectorAll(selector)
    if (isGone) return found.length === 0
    const first = found[0]?.textContent ?? ''
    return found.length >= least && found.length <= most && (text === undefined || first.includes(text)) && first !== isOther
  }
  /** The first event of a person, at its own time, or the moment that was named. */
  const untilStarted = (sinceMs: number | undefined): Promise<number> =>
    new Promise((resolve) => {
      if (sinceMs !== undefined) return resolve(sinceMs)
      const onEvent = (event: Event) => {
        for (const name of starters) window.removeEventListener(name, onEvent, true)
        resolve(event.timeStamp)
      }
      for (const name of starters) window.addEventListener(name, onEvent, { capture: true, passive: true })
    })
  const untilPainted = (): Promise<number> => new Promise((resolve) => afterPaint(() => resolve(performance.now())))
  const untilSeen = (sight: Sight): Promise<number> =>
    new Promise((resolve, reject) => {
      const deadline = performance.now() + PATIENCE_MS
      const look = () => {
        if (isSeen(sight)) {
          const channel = new MessageChannel()
          channel.port1.onmessage = () => resolve(performance.now())
          channel.port2.postMessage(undefined)
        } else if (performance.now() > deadline) reject(new Error(`never seen: ${JSON.stringify(sight)}`))
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
  const observe = async (sight: Sight | undefined, sinceMs: number | undefined): Promise<Observation> => {
    const begunAt = performance.now()
    const startedAt = await untilStarted(sinceMs)
    const [painted, seen] = await Promise.all([untilPainted(), sight ? untilSeen(sight) : undefined])
    // What the browser observed is told when it has time for it.
    await new Promise((resolve) => setTimeout(resolve, SETTLING_MS))
    events.push(...(eventObserver.takeRecords() as PerformanceEventTiming[]))
    longFrames.push(...frameObserver.takeRecords())
    const timed = events.filter(({ startTime, interactionId }) => startTime >= begunAt && interactionId > 0)
    const isVisit = sinceMs !== undefined
    const paintMs = timed.length > 0 ? Math.max(...timed.map(({ duration }) => duration)) : painted - startedAt
    const during = longFrames.filter(({ startTime, duration }) => startTime + duration > startedAt)
    return {
      paintMs: isVisit ? undefined : paintMs,
      resultMs: seen === undefined ? undefined : seen - startedAt,
      longFrameMs: Math.max(0, ...during.map(({ duration }) => duration)),
    }
  }

  window.interactionRecorder = {
    begin(sight, sinceMs) {
      const finished = observe(sight, sinceMs)
      // Told by `end`, whenever that is asked.
      finished.catch(() => undefined)
      observing = { finished }
    },
    end() {
      if (!observing) throw new Error('nothing was begun')
      return observing.finished
    },
    beginFrames() {
      const count = { frames: 0, longestMs: 0, isOver: false }
      counting = count
      let before = performance.now()
      const onFrame = () => {
        if (count.isOver) return
        const now = performance.now()
        count.frames += 1
        count.longestMs = Math.max(count.longestMs, now - before)
        before = now
        requestAnimationFrame(onFrame)
      }
      requestAnimationFrame(onFrame)
    },
    endFrames() {
      if (!counting) throw new Error('no frames were counted')
      counting.isOver = true
      return { frames: counting.frames, longestMs: counting.longestMs }
    },
  }
}
