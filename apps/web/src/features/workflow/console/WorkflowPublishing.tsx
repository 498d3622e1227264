import { useTranslation } from 'react-i18next'
import type { App } from '../../../api/types/apps.ts'
import { Button, Chip, Notice } from '../../../design/index.ts'
import { PublishControls } from '../../app/PublishControls.tsx'
import { PublishedChip } from '../../app/PublishedChip.tsx'
import { useSession } from '../../session/useSession.ts'
import { useWorkflowPublish } from './useWorkflowPublish.ts'

export function WorkflowPublishState({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const { publication } = useWorkflowPublish(app)
  return (
    <span role="status" className="flex shrink-0">
      {publication === 'never' && <Chip tone="warn">{t('console.neverPublished')}</Chip>}
      {publication !== undefined && publication !== 'never' && <PublishedChip hasChanges={publication === 'changed'} />}
    </span>
  )
}

export function WorkflowPublishMenu({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const { publication, isPublishing, publish } = useWorkflowPublish(app)
  return (
    <PublishControls
      // Where it is not known, publishing itself tells what is in its way.
      hasChanges={publication !== 'current'}
      isPublishing={isPublishing}
      publish={publish}
      pageHint={publication === 'never' ? t('console.neverPublished') : undefined}
    />
  )
}

/** Says on the page of the public page that there is nothing to see on it yet. */
export function NeverPublishedNotice({ app }: { readonly app: App }) {
  const { t } = useTranslation('workflow')
  const { canEdit } = useSession()
  const { publication, isPublishing, publish } = useWorkflowPublish(app)
  if (publication !== 'never') return null
  const action = (
    <Button size="s" isBusy={isPublishing} onClick={publish}>
      {t('console.publish')}
    </Button>
  )
  return (
    <Notice tone="warn" action={canEdit && action}>
      {t('console.neverPublishedHint')}
    </Notice>
  )
}
