import { cx } from './cx.ts'

export interface ProgressBarProps {
  readonly label: string
  readonly value: number
  readonly max: number
  readonly className?: string
}

/** How far something is that can be counted. */
export function ProgressBar({ label, value, max, className }: ProgressBarProps) {
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={value}
      className={cx('h-1.5 overflow-hidden rounded-full bg-surface-3', className)}
    >
      <div
        className="h-full rounded-full bg-accent transition-[width] duration-150"
        style={{ width: `${max > 0 ? (100 * value) / max : 0}%` }}
      />
    </div>
  )
}
