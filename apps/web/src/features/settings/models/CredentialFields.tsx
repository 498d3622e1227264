import { useTranslation } from 'react-i18next'
import type { CredentialField, Credentials } from '../../../api/types/models.ts'
import { Select, Switch, TextField } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import { visibleFields } from './credential-form.ts'

export interface CredentialFieldsProps {
  readonly fields: readonly CredentialField[]
  readonly values: Credentials
  readonly onChange: (values: Credentials) => void
  readonly stored: Credentials | null
  /** What is wrong with a field, by its name. */
  readonly faultOf: (variable: string) => string | null
}

/** The form that a provider asks for, made from its own description. */
export function CredentialFields({ fields, values, onChange, stored, faultOf }: CredentialFieldsProps) {
  return visibleFields(fields, values).map((field) => (
    <CredentialInput
      key={field.variable}
      field={field}
      value={values[field.variable] ?? ''}
      onValueChange={(value) => onChange({ ...values, [field.variable]: value })}
      isStored={Boolean(stored?.[field.variable])}
      error={faultOf(field.variable)}
    />
  ))
}

interface CredentialInputProps {
  readonly field: CredentialField
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly isStored: boolean
  readonly error: string | null
}

function CredentialInput({ field, value, onValueChange, isStored, error }: CredentialInputProps) {
  const { t } = useTranslation('settings')
  const text = useLocalizedText()
  const label = text(field.label, field.variable)
  const hint = field.help ? text(field.help) : undefined
  // What is stored stays where nothing is typed in its place.
  const isKept = field.type === 'secret-input' && isStored
  const aside = field.required || isKept ? undefined : t('optional', { ns: 'common' })
  switch (field.type) {
    case 'switch':
      return <Switch label={label} hint={hint} checked={value === 'true'} onCheckedChange={(isOn) => onValueChange(String(isOn))} />
    case 'select':
    case 'radio':
      return (
        <Select
          label={label}
          hint={hint}
          required={field.required}
          error={error}
          options={(field.options ?? []).map((option) => ({ value: option.value, label: text(option.label, option.value) }))}
          value={value === '' ? null : value}
          onValueChange={onValueChange}
        />
      )
    case 'secret-input':
    case 'text-input':
      return (
        <TextField
          label={label}
          hint={hint}
          required={field.required && !isKept}
          aside={aside}
          error={error}
          isMono
          type={field.type === 'secret-input' ? 'password' : 'text'}
          autoComplete="off"
          spellCheck={false}
          maxLength={field.max_length ?? undefined}
          placeholder={isKept ? t('models.credentials.keptSecret') : text(field.placeholder)}
          value={value}
          onValueChange={onValueChange}
        />
      )
  }
}
