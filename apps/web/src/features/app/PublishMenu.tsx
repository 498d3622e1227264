import { History } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useDraft } from './app-context.ts'
import { PublishControls } from './PublishControls.tsx'
import { useDraftPublication } from './useDraftPublication.ts'
import { usePublish } from './usePublish.ts'

export function PublishMenu() {
  const { t } = useTranslation('orchestrate')
  const { status } = useDraft()
  const publication = useDraftPublication()
  const { publish, isPublishing, restore } = usePublish()
  return (
    <PublishControls
      hasChanges={publication !== 'current'}
      isBlocked={status === 'conflict'}
      isPublishing={isPublishing}
      publish={publish}
      pageHint={publication === 'never' ? t('draft.never') : undefined}
      actions={[
        {
          label: t('publish.restore'),
          icon: <History size={14} aria-hidden />,
          isDisabled: publication !== 'changed',
          onSelect: restore,
        },
      ]}
    />
  )
}
