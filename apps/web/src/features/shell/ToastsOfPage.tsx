import type { AnyRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useDismissToasts } from '../../design/index.ts'

/** What was said on one page does not stay on the next. */
export function ToastsOfPage({ router }: { readonly router: AnyRouter }) {
  const dismiss = useDismissToasts()
  useEffect(
    () =>
      router.subscribe('onBeforeNavigate', ({ pathChanged }) => {
        if (pathChanged) dismiss()
      }),
    [router, dismiss],
  )
  return null
}
