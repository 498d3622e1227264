import { useTranslation } from 'react-i18next'
import { Field, TextArea, TextField } from '../../design/index.ts'
import type { ChosenIcon } from './app-icon.ts'
import { IconPicker } from './IconPicker.tsx'

export interface AppDetails {
  readonly name: string
  readonly description: string
  readonly icon: ChosenIcon
}

export interface AppDetailsFieldsProps {
  readonly details: AppDetails
  readonly onChange: (details: AppDetails) => void
  readonly nameError?: string | null
}

/** Bounds of service-api 7.3; longer names are cut by the field itself. */
const MAX_NAME_LENGTH = 60
const MAX_DESCRIPTION_LENGTH = 400

export function AppDetailsFields({ details, onChange, nameError }: AppDetailsFieldsProps) {
  const { t } = useTranslation('studio')
  return (
    <>
      <div className="flex items-start gap-3">
        <Field label={t('create.icon')}>
          <IconPicker value={details.icon} onValueChange={(icon) => onChange({ ...details, icon })} />
        </Field>
        <TextField
          label={t('create.name')}
          required
          autoFocus
          className="flex-1"
          placeholder={t('create.namePlaceholder')}
          maxLength={MAX_NAME_LENGTH}
          value={details.name}
          onValueChange={(name) => onChange({ ...details, name })}
          error={nameError}
        />
      </div>
      <TextArea
        label={t('create.description')}
        aside={t('optional', { ns: 'common' })}
        placeholder={t('create.descriptionPlaceholder')}
        maxLength={MAX_DESCRIPTION_LENGTH}
        rows={2}
        value={details.description}
        onValueChange={(description) => onChange({ ...details, description })}
      />
    </>
  )
}
