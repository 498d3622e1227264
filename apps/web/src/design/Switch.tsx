import { Switch as Base } from '@base-ui/react/switch'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export interface SwitchProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly checked: boolean
  readonly onCheckedChange: (checked: boolean) => void
  readonly disabled?: boolean | undefined
  /** The label is only for screen readers. */
  readonly isLabelHidden?: boolean | undefined
  readonly className?: string | undefined
}

export function Switch({ label, hint, checked, onCheckedChange, disabled, isLabelHidden, className }: SwitchProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: Base UI renders the control, a native input, inside this label.
    <label className={cx('flex items-center gap-3 select-none', className)}>
      <span className={isLabelHidden ? 'sr-only' : 'min-w-0 flex-1'}>
        <span className="block font-medium">{label}</span>
        {hint !== undefined && <span className="block text-s text-ink-3">{hint}</span>}
      </span>
      <Base.Root
        checked={checked}
        onCheckedChange={(next) => onCheckedChange(next)}
        disabled={disabled ?? false}
        className="flex h-4.5 w-8 shrink-0 items-center rounded-full bg-field p-0.5 transition-colors duration-150 data-checked:bg-accent data-disabled:opacity-50"
      >
        <Base.Thumb className="block size-3.5 rounded-full bg-surface shadow-low transition-transform duration-150 data-checked:translate-x-3.5" />
      </Base.Root>
    </label>
  )
}
