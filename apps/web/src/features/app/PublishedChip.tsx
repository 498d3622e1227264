import { useTranslation } from 'react-i18next'
import { Chip } from '../../design/index.ts'

/** Says whether callers get what the draft is. */
export function PublishedChip({ hasChanges }: { readonly hasChanges: boolean }) {
  const { t } = useTranslation('orchestrate')
  if (!hasChanges) return <Chip tone="accent">{t('draft.published')}</Chip>
  return (
    <Chip tone="warn">
      <span className="max-sm:hidden">{t('draft.unpublished')}</span>
      <span className="sm:hidden">{t('draft.unpublishedShort')}</span>
    </Chip>
  )
}
