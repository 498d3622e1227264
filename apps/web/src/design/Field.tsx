import { Field as Base } from '@base-ui/react/field'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export interface FieldProps {
  readonly label?: ReactNode
  readonly hint?: ReactNode
  /** Said below the control, and marks it invalid. */
  readonly error?: string | null | undefined
  /** Right of the label: a counter, a link. */
  readonly aside?: ReactNode
  readonly isRequired?: boolean | undefined
  readonly className?: string | undefined
  readonly children: ReactNode
}

/** Label, control, hint and error, tied together for screen readers. */
export function Field({ label, hint, error, aside, isRequired, className, children }: FieldProps) {
  return (
    <Base.Root invalid={Boolean(error)} className={cx('flex min-w-0 flex-col gap-1.5', className)}>
      {label !== undefined && (
        <div className="flex items-center gap-1.5">
          <Base.Label className="text-s font-medium text-ink-2">
            {label}
            {isRequired && (
              <span className="ml-0.5 text-ink-3" aria-hidden>
                *
              </span>
            )}
          </Base.Label>
          {aside !== undefined && <span className="ml-auto text-s text-ink-3">{aside}</span>}
        </div>
      )}
      {children}
      {hint !== undefined && !error && <Base.Description className="text-s text-ink-3">{hint}</Base.Description>}
      {error && (
        <Base.Error match className="text-s text-bad">
          {error}
        </Base.Error>
      )}
    </Base.Root>
  )
}
