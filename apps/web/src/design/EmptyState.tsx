import type { ReactNode } from 'react'

export interface EmptyStateProps {
  readonly icon?: ReactNode
  readonly title: string
  readonly description?: ReactNode
  /** The first useful action, one click away. */
  readonly action?: ReactNode
}

export function EmptyState({ icon, title, description, action }: EmptyStateProps) {
  return (
    <div className="mx-auto flex max-w-100 flex-col items-center gap-2 px-6 py-14 text-center">
      {icon !== undefined && <div className="mb-1 grid size-10 place-items-center rounded-md bg-surface-2 text-ink-3">{icon}</div>}
      <p className="text-l font-semibold">{title}</p>
      {description !== undefined && <p className="text-balance text-ink-2">{description}</p>}
      {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
    </div>
  )
}
