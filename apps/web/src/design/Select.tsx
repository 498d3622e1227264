import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './cx.ts'
import { Field } from './Field.tsx'

export interface SelectOption<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly hint?: string
}

export interface SelectProps<Value extends string> {
  readonly label?: ReactNode
  readonly hint?: ReactNode
  readonly error?: string | null | undefined
  readonly options: readonly SelectOption<Value>[]
  /** `null` shows the placeholder. */
  readonly value: Value | null
  readonly onValueChange: (value: Value) => void
  readonly placeholder?: string | undefined
  readonly disabled?: boolean | undefined
  readonly required?: boolean | undefined
  readonly size?: 's' | 'm' | undefined
  readonly className?: string | undefined
  readonly 'aria-label'?: string | undefined
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hint, error, options, value, onValueChange, placeholder, disabled, required, size = 'm', className } = props
  return (
    <Field label={label} hint={hint} error={error} isRequired={required} className={className}>
      <Base.Root
        items={options.map((option) => ({ value: option.value, label: option.label }))}
        value={value}
        onValueChange={(next) => next !== null && onValueChange(next)}
        disabled={disabled ?? false}
      >
        <Base.Trigger
          aria-label={props['aria-label']}
          className={cx(
            'field-frame flex w-full min-w-0 items-center gap-2 px-2.25 text-left select-none',
            size === 's' ? 'h-6.5 text-s' : 'h-7.5',
          )}
        >
          <Base.Value placeholder={placeholder} className="min-w-0 flex-1 truncate data-placeholder:text-ink-3" />
          <Base.Icon className="text-ink-3">
            <ChevronDown size={14} aria-hidden />
          </Base.Icon>
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50 outline-none">
            <Base.Popup className="popup-frame min-w-(--anchor-width) max-w-96 p-1">
              <Base.List className="max-h-[min(20rem,var(--available-height))] overflow-y-auto">
                {options.map((option) => (
                  <Base.Item
                    key={option.value}
                    value={option.value}
                    className="flex min-h-7.5 cursor-default items-center gap-2 rounded-sm px-2 py-1 outline-none select-none data-highlighted:bg-surface-2"
                  >
                    <div className="min-w-0 flex-1">
                      <Base.ItemText className="block truncate">{option.label}</Base.ItemText>
                      {option.hint && <span className="block text-s text-ink-3">{option.hint}</span>}
                    </div>
                    <Base.ItemIndicator className="text-accent">
                      <Check size={14} aria-hidden />
                    </Base.ItemIndicator>
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Field>
  )
}
