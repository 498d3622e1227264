import type { ReactNode } from 'react'
import { useSession } from '../session/useSession.ts'
import { PageTitle } from './PageTitle.tsx'

/** The bar above a page: workspace, place, and what the page puts at its right end. */
export function TopBar({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  const { workspace } = useSession()
  return (
    <header className="flex h-12 shrink-0 items-center gap-2.5 border-b border-line bg-surface px-4">
      <PageTitle page={title} />
      <span className="max-w-80 min-w-0 truncate text-l font-semibold">{workspace.name}</span>
      <span className="text-ink-3" aria-hidden>
        /
      </span>
      <span className="min-w-0 truncate text-ink-2">{title}</span>
      <span className="flex-1" />
      {children}
    </header>
  )
}
