import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { Select } from '../../../design/index.ts'
import { membersQuery } from '../members/queries.ts'
import { type FilterChoice, kinds, periods } from './audit-filter.ts'

export interface AuditFiltersProps {
  readonly choice: FilterChoice
  readonly onChange: (choice: FilterChoice) => void
}

export function AuditFilters({ choice, onChange }: AuditFiltersProps) {
  const { t } = useTranslation('audit')
  const api = useApi()
  const members = useQuery(membersQuery(api)).data ?? []
  const people = members.filter(({ status }) => status !== 'pending').map(({ id, name }) => ({ value: id, label: name }))
  return (
    <div className="mb-4 flex flex-wrap gap-2">
      <Select
        aria-label={t('filters.kind')}
        className="w-44 max-sm:w-full"
        options={[{ value: 'all', label: t('filters.anyKind') }, ...kinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))]}
        value={choice.kind}
        onValueChange={(kind) => onChange({ ...choice, kind })}
      />
      <Select
        aria-label={t('filters.person')}
        className="w-44 max-sm:w-full"
        options={[{ value: 'all', label: t('filters.anyPerson') }, ...people]}
        value={choice.accountId}
        onValueChange={(accountId) => onChange({ ...choice, accountId })}
      />
      <Select
        aria-label={t('filters.period')}
        className="w-44 max-sm:w-full"
        options={[
          { value: 'all', label: t('filters.anyTime') },
          ...periods.map((period) => ({ value: period, label: t(`periods.${period}`) })),
        ]}
        value={choice.period}
        onValueChange={(period) => onChange({ ...choice, period })}
      />
    </div>
  )
}
