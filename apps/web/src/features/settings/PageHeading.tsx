import type { ReactNode } from 'react'

export function PageHeading({ title, lead, children }: { readonly title: string; readonly lead: string; readonly children?: ReactNode }) {
  return (
    <header className="mb-5 flex flex-wrap items-end gap-3">
      <div className="flex-1 basis-60">
        <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
        <p className="mt-0.5 text-ink-2">{lead}</p>
      </div>
      {children}
    </header>
  )
}
