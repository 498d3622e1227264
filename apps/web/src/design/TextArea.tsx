import { Field as Base } from '@base-ui/react/field'
import type { ComponentPropsWithoutRef, ReactNode, Ref } from 'react'
import { cx } from './cx.ts'
import { Field } from './Field.tsx'

export interface TextAreaProps extends Omit<ComponentPropsWithoutRef<'textarea'>, 'value' | 'defaultValue' | 'onChange' | 'className'> {
  readonly label?: ReactNode
  readonly hint?: ReactNode
  readonly error?: string | null | undefined
  readonly aside?: ReactNode
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly className?: string | undefined
  readonly controlClassName?: string | undefined
  readonly ref?: Ref<HTMLTextAreaElement> | undefined
}

/** Grows with its text up to its maximum height. */
export function TextArea(props: TextAreaProps) {
  const { label, hint, error, aside, value, onValueChange, className, controlClassName, ref, required, rows = 3, ...rest } = props
  return (
    <Field label={label} hint={hint} error={error} aside={aside} isRequired={required} className={className}>
      <Base.Control
        required={required}
        value={value}
        onValueChange={onValueChange}
        className={cx('field-frame field-sizing-content max-h-80 min-h-16 w-full resize-y px-2.25 py-1.5 leading-normal', controlClassName)}
        render={<textarea {...rest} rows={rows} ref={ref} />}
      />
    </Field>
  )
}
