import { Tooltip as Base } from '@base-ui/react/tooltip'
import type { TooltipSide } from './Tooltip.tsx'

export interface TooltipPopupProps {
  readonly anchor: HTMLElement | null
  readonly onClose: () => void
}

const sides: readonly TooltipSide[] = ['top', 'right', 'bottom', 'left']

/** What an element says of itself, beside it. */
export function TooltipPopup({ anchor, onClose }: TooltipPopupProps) {
  const side = sides.find((each) => each === anchor?.dataset['tipSide']) ?? 'top'
  return (
    <Base.Root open={anchor !== null} onOpenChange={(isOpen) => !isOpen && onClose()} disableHoverablePopup>
      <Base.Portal>
        <Base.Positioner anchor={anchor} side={side} sideOffset={6} className="z-50">
          <Base.Popup className="max-w-72 rounded-sm bg-ink px-2 py-1 text-s text-bg shadow-high transition-opacity duration-100 data-starting-style:opacity-0">
            {anchor?.dataset['tip']}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
