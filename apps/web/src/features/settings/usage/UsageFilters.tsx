import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ModelUsage } from '../../../api/types/usage.ts'
import { Button } from '../../../design/index.ts'
import { toLines, type UsageTable } from './usage-lines.ts'
import type { UsageSearch } from './usage-search.ts'
import { useLineName } from './useLineName.ts'
import type { ModelNames } from './useModelNames.ts'

export interface UsageFiltersProps {
  readonly search: UsageSearch
  /** What tells the names of what is looked at. */
  readonly usage: ModelUsage | undefined
  readonly names: ModelNames
  readonly onChange: (part: Partial<Record<keyof UsageSearch, undefined>>) => void
}

/** What the figures are narrowed to; each goes by a press. */
export function UsageFilters({ search, usage, names, onChange }: UsageFiltersProps) {
  const { t } = useTranslation('usage')
  const nameOf = useLineName()
  const { app, person, key, provider = '', model } = search
  const named = (table: UsageTable, wanted: string) => {
    const line = usage && toLines(usage, table, names).find(({ id }) => id === wanted)
    return line ? nameOf(line) : t('unknown')
  }
  const filters = [
    model !== undefined && {
      of: 'model' as const,
      name: names.modelName(provider, model),
      without: { model: undefined, provider: undefined },
    },
    app !== undefined && { of: 'app' as const, name: named('apps', app), without: { app: undefined } },
    person !== undefined && { of: 'person' as const, name: named('people', person), without: { person: undefined } },
    key !== undefined && { of: 'key' as const, name: named('keys', key), without: { key: undefined } },
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
