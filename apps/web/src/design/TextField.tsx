import { Field as Base } from '@base-ui/react/field'
import type { ComponentPropsWithoutRef, ReactNode, Ref } from 'react'
import { cx } from './cx.ts'
import { Field } from './Field.tsx'

export interface TextFieldProps
  extends Omit<ComponentPropsWithoutRef<'input'>, 'value' | 'defaultValue' | 'onChange' | 'size' | 'className'> {
  readonly label?: ReactNode
  readonly hint?: ReactNode
  readonly error?: string | null | undefined
  readonly aside?: ReactNode
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly size?: 'm' | 'l' | undefined
  readonly isMono?: boolean | undefined
  /** In front of the text: a search icon. */
  readonly leading?: ReactNode
  readonly className?: string | undefined
  readonly ref?: Ref<HTMLInputElement> | undefined
}

export function TextField(props: TextFieldProps) {
  const { label, hint, error, aside, value, onValueChange, size = 'm', isMono, leading, className, ref, required, ...rest } = props
  return (
    <Field label={label} hint={hint} error={error} aside={aside} isRequired={required} className={className}>
      <div className="relative flex items-center">
        {leading !== undefined && <span className="pointer-events-none absolute left-2.5 text-ink-3">{leading}</span>}
        <Base.Control
          {...rest}
          ref={ref}
          required={required}
          value={value}
          onValueChange={onValueChange}
          className={cx(
            'field-frame w-full min-w-0',
            size === 'l' ? 'h-9 px-3' : 'h-7.5 px-2.25',
            isMono && 'font-mono text-s',
            leading !== undefined && 'pl-8',
          )}
        />
      </div>
    </Field>
  )
}
