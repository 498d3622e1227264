import { useTranslation } from 'react-i18next'
import { Checkbox, Select, TextArea, TextField } from '../../design/index.ts'
import type { InputValues, Variable } from '../app/user-input-form.ts'

export interface InputFieldsProps {
  readonly variables: readonly Variable[]
  readonly values: InputValues
  readonly onChange: (values: InputValues) => void
  /** Names that were found missing when something was sent. */
  readonly missing: readonly string[]
  readonly isDisabled?: boolean
}

/** The form of an app's variables. */
export function InputFields({ variables, values, onChange, missing, isDisabled }: InputFieldsProps) {
  return (
    <div className="flex flex-col gap-3.5">
      {variables.map((variable) => (
        <InputField
          key={variable.variable}
          variable={variable}
          value={values[variable.variable] ?? ''}
          onValueChange={(value) => onChange({ ...values, [variable.variable]: value })}
          isMissing={missing.includes(variable.variable)}
          isDisabled={isDisabled ?? false}
        />
      ))}
    </div>
  )
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
