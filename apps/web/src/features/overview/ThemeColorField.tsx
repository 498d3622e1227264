import { useTranslation } from 'react-i18next'
import { TextField } from '../../design/index.ts'
import { toPickerColor } from './site-draft.ts'

export interface ThemeColorFieldProps {
  /** As `#rrggbb` or `#rgb`; none where empty. */
  readonly value: string
  readonly onValueChange: (value: string) => void
  readonly error: string | null
}

/** A colour by its number, or by the browser's own picker. */
export function ThemeColorField({ value, onValueChange, error }: ThemeColorFieldProps) {
  const { t } = useTranslation('overview')
  return (
    <div className="flex min-w-0 items-start gap-1.5">
      <TextField
        label={t('form.color')}
        hint={t('form.colorHint')}
        className="flex-1"
        isMono
        placeholder="#2f6f4f"
        maxLength={7}
        value={value}
        onValueChange={onValueChange}
        error={error}
      />
      <input
        type="color"
        aria-label={t('form.pickColor')}
        className="mt-6 h-7.5 w-9 cursor-pointer rounded-sm border border-field bg-surface p-1 disabled:opacity-50"
        value={toPickerColor(value) ?? '#2f6f4f'}
        onChange={(event) => onValueChange(event.target.value)}
      />
    </div>
  )
}
