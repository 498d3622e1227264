import { History } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useDraft } from './app-context.ts'
import { PublishControls } from './PublishControls.tsx'
import { usePublish } from './usePublish.ts'

export function PublishMenu() {
  const { t } = useTranslation('orchestrate')
  const { hasUnpublishedChanges, status } = useDraft()
  const { publish, isPublishing, restore } = usePublish()
  return (
    <PublishControls
      hasChanges={hasUnpublishedChanges}
      isBlocked={status === 'conflict'}
      isPublishing={isPublishing}
      publish={publish}
      actions={[
        {
          label: t('publish.restore'),
          icon: <History size={14} aria-hidden />,
          isDisabled: !hasUnpublishedChanges,
          onSelect: restore,
        },
      ]}
    />
  )
}
