import { Search, UserRound } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { cx, Select, TextField, useScrollFrame } from '../../design/index.ts'
import { DayRange } from './DayRange.tsx'
import { annotationStatuses, type LogFilter, logFeedbacks, logRanges, logSorts, logStatuses } from './log-filter.ts'

export interface LogFiltersProps {
  readonly filter: LogFilter
  readonly onChange: (part: Partial<LogFilter>) => void
  /** Beside an open conversation: where the fields had one line they keep it and are moved sideways, so that no row moves under the pointer. */
  readonly isCompact: boolean
}

const half = 'max-sm:w-[calc(50%-4px)]'

/** Seven fields are not drawn again with what happens beside them. */
export const LogFilters = memo(function LogFilters({ filter, onChange, isCompact }: LogFiltersProps) {
  const { t } = useTranslation('logs')
  const frame = useScrollFrame()
  return (
    <search
      {...frame}
      className={cx(
        'mb-4 flex flex-wrap items-center gap-2',
        // Room for the rings of its fields.
        isCompact &&
          'min-[1240px]:-m-1 min-[1240px]:mb-3 min-[1240px]:flex-nowrap min-[1240px]:overflow-x-auto min-[1240px]:p-1 min-[1240px]:*:shrink-0 [&[tabindex]]:edge-fade [--ground:var(--bg)]',
      )}
    >
      <TextField
        type="search"
        aria-label={t('searchPlaceholder')}
        placeholder={t('searchPlaceholder')}
        leading={<Search size={14} aria-hidden />}
        className={cx('min-w-40 max-w-60 flex-1 max-sm:max-w-none max-sm:basis-full', isCompact && 'min-[1240px]:min-w-50')}
        value={filter.keyword}
        onValueChange={(keyword) => onChange({ keyword })}
      />
      <TextField
        type="search"
        aria-label={t('userPlaceholder')}
        placeholder={t('userPlaceholder')}
        leading={<UserRound size={14} aria-hidden />}
        className="w-40 max-sm:w-full"
        value={filter.user}
        onValueChange={(user) => onChange({ user })}
      />
      <Select
        aria-label={t('range')}
        className={`w-36 ${half}`}
        options={logRanges.map((range) => ({ value: range, label: t(`ranges.${range}`) }))}
        value={filter.range}
        onValueChange={(range) => onChange({ range })}
      />
      {filter.range === 'custom' && <DayRange days={filter} onChange={onChange} />}
      <Select
        aria-label={t('feedback')}
        className={`w-36 ${half}`}
        options={logFeedbacks.map((feedback) => ({ value: feedback, label: t(`feedbacks.${feedback}`) }))}
        value={filter.feedback}
        onValueChange={(feedback) => onChange({ feedback })}
      />
      <Select
        aria-label={t('columns.status')}
        className={`w-34 ${half}`}
        options={logStatuses.map((status) => ({ value: status, label: t(`statuses.${status}`) }))}
        value={filter.status}
        onValueChange={(status) => onChange({ status })}
      />
      <Select
        aria-label={t('annotationStatus')}
        className={`w-38 ${half}`}
        options={annotationStatuses.map((status) => ({ value: status, label: t(`annotationStatuses.${status}`) }))}
        value={filter.annotation}
        onValueChange={(annotation) => onChange({ annotation })}
      />
      <Select
        aria-label={t('sort')}
        className="w-44 max-sm:w-full"
        options={logSorts.map((sort) => ({ value: sort, label: t(`sorts.${sort}`) }))}
        value={filter.sort}
        onValueChange={(sort) => onChange({ sort })}
      />
    </search>
  )
})
