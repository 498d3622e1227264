/** Where a scrolled box stands, in pixels. */
export interface ScrollPosition {
  readonly top: number
  /** From what is in view to the end. */
  readonly toEndPx: number
}

const NEAR_PX = 48

/**
 * Whether the end is to be kept in view after the box has scrolled from `formerTop`. Only whoever scrolls up leaves the end: it also runs
 * away by itself, when the box grows between scrolling to it and hearing of that.
 */
export function isFollowing(wasFollowing: boolean, formerTop: number, { top, toEndPx }: ScrollPosition): boolean {
  if (toEndPx < NEAR_PX) return true
  return wasFollowing && top >= formerTop
}
