import { lazy } from 'react'

const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 8000
/** Tries that fail while the page itself is there: then the code has gone with an older version, and the new one is loaded. */
const MAX_TRIES = 5
/** A net that hangs says nothing at all: what does not answer by then is not there. */
const ANSWER_MS = 2000
const RELOADED_AT = 'trellis.reloaded-at'
const RELOAD_AGAIN_MS = 60_000

/** A component that is loaded when it is first shown. Where its code does not come, its place stays as it is until it does. */
export const lazyPart: typeof lazy = (load) => lazy(() => loadPart(load))

/** Loads code, again and again while the net is away: thrown, its loss would take the whole page down. */
export async function loadPart<Part>(load: () => Promise<Part>): Promise<Part> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await load()
    } catch (error) {
      if (attempt + 1 >= MAX_TRIES && (await isPageThere())) {
        if (!mayReload()) throw error
        location.reload()
      }
    }
    await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt))
  }
}

export const isPageThere = (): Promise<boolean> =>
  fetch(location.href, { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_MS) }).then(
    ({ ok }) => ok,
    () => false,
  )

/** A fault that a new page does not mend must not load it for ever. */
function mayReload(): boolean {
  try {
    const now = Date.now()
    if (now - Number(sessionStorage.getItem(RELOADED_AT)) < RELOAD_AGAIN_MS) return false
    sessionStorage.setItem(RELOADED_AT, String(now))
    return true
  } catch {
    // Closed to us: nothing would tell the second time from the first.
    return false
  }
}

/** Cut short when the browser says that the net is back. */
function pause(durationMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(wake, durationMs)
    function wake() {
      clearTimeout(timer)
      window.removeEventListener('online', wake)
      resolve()
    }
    window.addEventListener('online', wake)
  })
}
