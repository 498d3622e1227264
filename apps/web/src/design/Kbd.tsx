import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export function Kbd({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return (
    <kbd
      className={cx(
        'inline-flex h-4.5 items-center rounded-[4px] border border-line-2 px-1.25 font-sans text-xs font-medium text-ink-3',
        className,
      )}
    >
      {children}
    </kbd>
  )
}
