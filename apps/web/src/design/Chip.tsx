import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export type ChipTone = 'neutral' | 'accent' | 'ok' | 'warn' | 'bad' | 'info'

const tones: Record<ChipTone, string> = {
  // A row that is pointed at or selected has the colour of the chip.
  neutral: 'bg-surface-2 text-ink-2 in-[tr[aria-selected=true]]:bg-surface-3 in-[tr:hover]:bg-surface-3',
  accent: 'bg-accent-soft text-accent',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  info: 'bg-info-soft text-info',
}

export function Chip({
  tone = 'neutral',
  children,
  className,
}: {
  readonly tone?: ChipTone
  readonly children: ReactNode
  readonly className?: string
}) {
  return (
    <span
      className={cx(
        'inline-flex h-5 items-center gap-1 rounded-full px-1.75 text-xs font-medium whitespace-nowrap',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}
