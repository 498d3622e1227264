import { type ReactNode, useId } from 'react'

export interface SectionProps {
  readonly title: string
  readonly hint?: ReactNode
  /** At the right end of the title. */
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function Section({ title, hint, actions, children }: SectionProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="flex flex-col gap-2">
      <div className="flex min-h-6.5 flex-wrap items-center gap-x-2">
        <h2 id={id} className="text-m font-semibold">
          {title}
        </h2>
        {hint !== undefined && <span className="text-s text-ink-3">{hint}</span>}
        {actions !== undefined && <span className="ml-auto flex items-center gap-2">{actions}</span>}
      </div>
      {children}
    </section>
  )
}
