import { Suspense, useEffect, useState } from 'react'
import { lazyPart } from '../lazy-part.ts'
import { createTipWatch } from './tip-watch.ts'

const TooltipPopup = lazyPart(() => import('./TooltipPopup.tsx').then((module) => ({ default: module.TooltipPopup })))

/**
 * One tooltip for the whole page, of whatever is pointed at. Buttons with icons are many and tooltips rarely looked at: so
 * a button costs an attribute, and what draws the tooltip comes with the first one.
 */
export function TooltipLayer() {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const [isNeeded, setNeeded] = useState(false)
  const [watch] = useState(() =>
    createTipWatch((next) => {
      setAnchor(next)
      if (next) setNeeded(true)
    }),
  )
  useEffect(() => watch.start(), [watch])
  if (!isNeeded) return null
  return (
    <Suspense>
      <TooltipPopup anchor={anchor} onClose={watch.hide} />
    </Suspense>
  )
}
