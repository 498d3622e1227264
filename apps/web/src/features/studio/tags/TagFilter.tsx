import { useQuery } from '@tanstack/react-query'
import { ChevronDown, Settings2, Tag } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import { Button, Menu } from '../../../design/index.ts'
import { tagsQuery } from '../queries.ts'

export interface TagFilterProps {
  readonly chosen: readonly string[]
  readonly onChange: (ids: readonly string[]) => void
  /** Absent for those who may not change tags. */
  readonly onManage: (() => void) | undefined
}

/** Narrows the list to apps that have any of the chosen tags. */
export function TagFilter({ chosen, onChange, onManage }: TagFilterProps) {
  const { t } = useTranslation('studio')
  const { data: tags = [] } = useQuery(tagsQuery(useApi()))
  const known = tags.filter(({ id }) => chosen.includes(id))
  if (tags.length === 0 && !onManage) return null
  return (
    <Menu
      trigger={
        <Button icon={<Tag size={14} aria-hidden />}>
          <span className="max-w-40 truncate">{known.length > 0 ? known.map(({ name }) => name).join(', ') : t('tags.title')}</span>
          <ChevronDown size={14} aria-hidden className="text-ink-3" />
        </Button>
      }
      groups={[
        tags.map(({ id, name, binding_count }) => {
          const isChosen = chosen.includes(id)
          return {
            key: id,
            label: name,
            hint: t('count', { count: Number(binding_count) }),
            choice: { of: 'any' as const, isChosen },
            onSelect: () => onChange(isChosen ? chosen.filter((other) => other !== id) : [...chosen, id]),
          }
        }),
        onManage ? [{ label: t('tags.manage'), icon: <Settings2 size={14} aria-hidden />, onSelect: onManage }] : [],
      ]}
    />
  )
}
