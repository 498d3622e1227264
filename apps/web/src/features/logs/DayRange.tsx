import { useTranslation } from 'react-i18next'
import { TextField } from '../../design/index.ts'

/** `YYYY-MM-DD`, both included; empty where it is open. */
export interface Days {
  readonly from: string
  readonly until: string
}

export interface DayRangeProps {
  readonly days: Days
  readonly onChange: (part: Partial<Days>) => void
}

export function DayRange({ days: { from, until }, onChange }: DayRangeProps) {
  const { t } = useTranslation('logs')
  return (
    <div className="flex items-center gap-1.5 max-sm:w-full">
      <TextField
        type="date"
        aria-label={t('from')}
        className="w-34 max-sm:flex-1"
        max={until || undefined}
        value={from}
        onValueChange={(value) => onChange({ from: value })}
      />
      <span aria-hidden className="text-ink-3">
        –
      </span>
      <TextField
        type="date"
        aria-label={t('until')}
        className="w-34 max-sm:flex-1"
        min={from || undefined}
        value={until}
        onValueChange={(value) => onChange({ until: value })}
      />
    </div>
  )
}
