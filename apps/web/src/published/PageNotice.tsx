import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from '../design/index.ts'

export interface PageNoticeProps {
  readonly Icon: LucideIcon
  readonly title: string
  readonly hint: string
  readonly action?: ReactNode
  /** It says that something went well. */
  readonly isGood?: boolean
}

/** A page that has one thing to say: what is the matter, calmly, and what to do. */
export function PageNotice({ Icon, title, hint, action, isGood = false }: PageNoticeProps) {
  return (
    <main className="grid min-h-dvh place-items-center px-6 pb-16">
      <div className="flex max-w-105 flex-col items-center text-center">
        <div className={cx('mb-4 grid size-12 place-items-center rounded-md', isGood ? 'bg-ok-soft text-ok' : 'bg-surface-2 text-ink-3')}>
          <Icon size={22} aria-hidden />
        </div>
        <h1 className="text-2xl font-semibold text-balance">{title}</h1>
        <p className="mt-2 text-l text-ink-2 text-pretty">{hint}</p>
        {action && <div className="mt-5">{action}</div>}
      </div>
    </main>
  )
}
