export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

export interface Size {
  readonly width: number
  readonly height: number
}

/** Pixels from the edges of the viewport; two of them are left open. */
export interface WindowPlace {
  readonly top: number | undefined
  readonly bottom: number | undefined
  readonly left: number | undefined
  readonly right: number | undefined
  readonly maxHeight: number
}

const GAP = 12
const MARGIN = 16

/** Beside its button, where there is more room: above or below, flush with the edge that is nearer. */
export function placeWindow(button: Box, { width, height }: Size): WindowPlace {
  const above = button.top - GAP - MARGIN
  const below = height - button.bottom - GAP - MARGIN
  const isAbove = above >= below
  const isRight = button.left + button.right >= width
  return {
    top: isAbove ? undefined : button.bottom + GAP,
    bottom: isAbove ? height - button.top + GAP : undefined,
    left: isRight ? undefined : Math.max(MARGIN, button.left),
    right: isRight ? Math.max(MARGIN, width - button.right) : undefined,
    maxHeight: Math.max(above, below),
  }
}

/** Where a box may go: inside the viewport. */
export function keepInside({ left, top }: Pick<Box, 'left' | 'top'>, box: Size, viewport: Size): Pick<Box, 'left' | 'top'> {
  const within = (at: number, most: number): number => Math.min(Math.max(at, 0), Math.max(most, 0))
  return { left: within(left, viewport.width - box.width), top: within(top, viewport.height - box.height) }
}
