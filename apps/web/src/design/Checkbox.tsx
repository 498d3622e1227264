import { Checkbox as Base } from '@base-ui/react/checkbox'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'

export interface CheckboxProps {
  readonly label: ReactNode
  readonly checked: boolean
  readonly onCheckedChange: (checked: boolean) => void
  readonly disabled?: boolean | undefined
  readonly className?: string | undefined
}

export function Checkbox({ label, checked, onCheckedChange, disabled, className }: CheckboxProps) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: Base UI renders the control, a native input, inside this label.
    <label className={cx('inline-flex items-center gap-2 align-middle select-none has-data-disabled:text-ink-3', className)}>
      <Base.Root
        checked={checked}
        onCheckedChange={(next) => onCheckedChange(next)}
        disabled={disabled ?? false}
        className="grid size-4 shrink-0 place-items-center rounded-[4px] border border-field bg-surface transition-colors data-checked:border-accent data-checked:bg-accent data-checked:text-accent-ink data-disabled:opacity-50"
      >
        <Base.Indicator>
          <Check size={12} strokeWidth={3} aria-hidden />
        </Base.Indicator>
      </Base.Root>
      <span>{label}</span>
    </label>
  )
}
