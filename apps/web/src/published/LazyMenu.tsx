import { lazy, Suspense } from 'react'
import type { MenuProps } from '../design/index.ts'

const Menu = lazy(() => import('../design/Menu.tsx').then((module) => ({ default: module.Menu })))

/** A menu whose works arrive after the first paint; until then its button stands there as it will look. */
export function LazyMenu(props: MenuProps) {
  return (
    <Suspense fallback={props.trigger}>
      <Menu {...props} />
    </Suspense>
  )
}
