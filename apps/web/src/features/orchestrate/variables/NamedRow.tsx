import type { ReactNode } from 'react'
import { cx } from '../../../design/index.ts'

export interface NamedRowProps {
  readonly name: string
  readonly label: string
  /** What kind of variable it is, and what is wrong with it. */
  readonly marks: ReactNode
  /** Absent where nothing may be changed. */
  readonly buttons: ReactNode
}

/** A variable in a list; on phones its marks and buttons have a line of their own. */
export function NamedRow({ name, label, marks, buttons }: NamedRowProps) {
  return (
    <li className={cx('flex min-h-9 items-center gap-2 pl-3 max-sm:flex-wrap max-sm:gap-y-1 max-sm:py-1.5', buttons ? 'pr-1' : 'pr-3')}>
      <span className="flex min-w-0 flex-1 items-center gap-2 max-sm:basis-full">
        <span className="min-w-0 truncate rounded-[4px] bg-accent-soft px-1 font-mono text-s text-accent">{name}</span>
        {label !== name && <span className="min-w-0 flex-1 truncate text-ink-2">{label}</span>}
      </span>
      <span className="flex min-w-0 items-center gap-2 max-sm:flex-1">{marks}</span>
      {buttons && <span className="flex shrink-0">{buttons}</span>}
    </li>
  )
}
