import { cloneElement, type ReactElement } from 'react'

export type TooltipSide = 'top' | 'right' | 'bottom' | 'left'

export interface TooltipProps {
  readonly content: string
  /** One element that passes its attributes on. */
  readonly children: ReactElement<Record<string, unknown>>
  readonly side?: TooltipSide
}

/** Marks an element as one that says more when it is pointed at; the layer around the page shows it (TooltipLayer). */
export function Tooltip({ content, children, side = 'top' }: TooltipProps) {
  return cloneElement(children, { 'data-tip': content, 'data-tip-side': side })
}
