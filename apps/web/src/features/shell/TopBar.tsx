import type { ReactNode } from 'react'
import { PageTitle } from './PageTitle.tsx'
import { WorkspaceSwitcher } from './WorkspaceSwitcher.tsx'

/** The bar above a page: workspace, place, and what the page puts at its right end. */
export function TopBar({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-2.5 border-b border-line bg-surface px-4">
      <PageTitle page={title} />
      <WorkspaceSwitcher />
      <span className="text-ink-3" aria-hidden>
        /
      </span>
      <span className="min-w-0 truncate text-ink-2">{title}</span>
      <span className="flex-1" />
      {children}
    </header>
  )
}
