import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox, Select, TextArea, TextField } from '../../design/index.ts'
import type { InputValues, Variable } from '../app/user-input-form.ts'

export interface InputFieldsProps {
  readonly variables: readonly Variable[]
  readonly values: InputValues
  readonly onChange: (values: InputValues) => void
  /** Names that were found missing when something was sent. */
  readonly missing: readonly string[]
  /** The field to go to: a new object goes there once more. */
  readonly goTo?: FieldAim | null
  readonly isDisabled?: boolean
}

/** A field that somebody shall look at now. */
export interface FieldAim {
  readonly variable: string
}

/** The form of an app's variables. */
export function InputFields({ variables, values, onChange, missing, goTo, isDisabled }: InputFieldsProps) {
  const form = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (goTo) focusField(form.current, goTo)
  }, [goTo])
  return (
    <div ref={form} className="flex flex-col gap-3.5">
      {variables.map((variable) => (
        <div key={variable.variable} data-variable={variable.variable}>
          <InputField
            variable={variable}
            value={values[variable.variable] ?? ''}
            onValueChange={(value) => onChange({ ...values, [variable.variable]: value })}
            isMissing={missing.includes(variable.variable)}
            isDisabled={isDisabled ?? false}
          />
        </div>
      ))}
    </div>
  )
}

function focusField(form: HTMLElement | null, { variable }: FieldAim): void {
  const field = form?.querySelector(`[data-variable="${CSS.escape(variable)}"]`)
  const control = field?.querySelector<HTMLElement>(':is(input:not([aria-hidden]), textarea, [role=combobox])')
  // The whole field, with what is said below it.
  field?.scrollIntoView({ block: 'center' })
  control?.focus({ preventScroll: true })
}

interface InputFieldProps {
  readonly variable: Variable
  readonly value: string | boolean
  readonly onValueChange: (value: string | boolean) => void
  readonly isMissing: boolean
  readonly isDisabled: boolean
}

function InputField({ variable, value, onValueChange, isMissing, isDisabled }: InputFieldProps) {
  const { t } = useTranslation('chat')
  const text = String(value)
  const shared = {
    label: variable.label,
    required: variable.isRequired,
    disabled: isDisabled,
    error: isMissing ? t('form.missing', { label: variable.label }) : null,
  }
  switch (variable.type) {
    case 'checkbox':
      return <Checkbox label={variable.label} checked={value === true} onCheckedChange={onValueChange} disabled={isDisabled} />
    case 'select':
      return (
        <Select
          {...shared}
          placeholder={t('form.choose')}
          options={variable.options.map((option) => ({ value: option, label: option }))}
          value={text === '' ? null : text}
          onValueChange={onValueChange}
        />
      )
    case 'paragraph':
      return <TextArea {...shared} rows={4} value={text} onValueChange={onValueChange} maxLength={variable.maxLength} />
    case 'number':
      return <TextField {...shared} type="number" step="any" value={text} onValueChange={onValueChange} />
    case 'text-input':
      return <TextField {...shared} value={text} onValueChange={onValueChange} maxLength={variable.maxLength} />
  }
}
