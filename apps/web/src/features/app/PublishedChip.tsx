import { useTranslation } from 'react-i18next'
import { Chip } from '../../design/index.ts'
import type { Publication } from './publication.ts'

/** Says whether callers get what the draft is. */
export function PublishedChip({ publication }: { readonly publication: Publication }) {
  const { t } = useTranslation('orchestrate')
  if (publication === 'current') return <Chip tone="accent">{t('draft.published')}</Chip>
  if (publication === 'never') return <Chip tone="warn">{t('draft.never')}</Chip>
  return (
    <Chip tone="warn">
      <span className="max-sm:hidden">{t('draft.unpublished')}</span>
      <span className="sm:hidden">{t('draft.unpublishedShort')}</span>
    </Chip>
  )
}
