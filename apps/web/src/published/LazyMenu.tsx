import { cloneElement, Suspense, useState } from 'react'
import type { MenuProps } from '../design/index.ts'
import { SlowPart } from '../lazy-dialog.tsx'
import { lazyPart } from '../lazy-part.ts'

const Menu = lazyPart(() => import('../design/Menu.tsx').then((module) => ({ default: module.Menu })))

/** A menu whose works arrive after the first paint; until then its button stands there as it will look, and keeps a click for it. */
export function LazyMenu(props: MenuProps) {
  const [isAwaited, setAwaited] = useState(false)
  return (
    <Suspense
      fallback={
        <>
          {cloneElement(props.trigger, { onClick: () => setAwaited(true) })}
          {isAwaited && <SlowPart onLost={() => setAwaited(false)} />}
        </>
      }
    >
      <Menu {...props} isOpenAtFirst={isAwaited} />
    </Suspense>
  )
}
