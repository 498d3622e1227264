import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ModelUsage } from '../../../api/types/usage.ts'
import { Button } from '../../../design/index.ts'
import type { UsageSearch } from './usage-search.ts'

export interface UsageFiltersProps {
  readonly search: UsageSearch
  /** What tells the names of what is looked at. */
  readonly usage: ModelUsage | undefined
  readonly onChange: (part: Partial<Record<keyof UsageSearch, undefined>>) => void
}

/** What the figures are narrowed to; each goes by a press. */
export function UsageFilters({ search, usage, onChange }: UsageFiltersProps) {
  const { t } = useTranslation('usage')
  const { app, person, key, model } = search
  const named = (name: string | null | undefined) => name ?? t('unknown')
  const filters = [
    model !== undefined && { of: 'model' as const, name: model, without: { model: undefined, provider: undefined } },
    app !== undefined && { of: 'app' as const, name: named(usage?.apps.find(({ id }) => id === app)?.name), without: { app: undefined } },
    person !== undefined && {
      of: 'person' as const,
      name: named(usage?.people.find(({ id }) => id === person)?.name),
      without: { person: undefined },
    },
    key !== undefined && { of: 'key' as const, name: named(usage?.keys.find(({ id }) => id === key)?.token), without: { key: undefined } },
  ].filter((filter) => filter !== false)
  if (filters.length === 0) return null
  return (
    <div className="mb-4 flex flex-wrap gap-2">
      {filters.map(({ of, name, without }) => (
        <Button key={of} size="s" aria-label={t('removeFilter', { name })} onClick={() => onChange(without)}>
          <span className="text-ink-3">{t(`filters.${of}`)}</span>
          <span className="max-w-60 truncate">{name}</span>
          <X size={13} aria-hidden className="text-ink-3" />
        </Button>
      ))}
    </div>
  )
}
