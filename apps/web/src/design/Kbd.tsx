import type { ReactNode } from 'react'

export function Kbd({ children }: { readonly children: ReactNode }) {
  return (
    <kbd className="inline-flex h-4.5 items-center rounded-[4px] border border-line-2 px-1.25 font-sans text-xs font-medium text-ink-3">
      {children}
    </kbd>
  )
}
