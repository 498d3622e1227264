import { useTranslation } from 'react-i18next'
import type { App } from '../../../api/types/apps.ts'
import { NeverPublished } from '../../app/NeverPublished.tsx'
import { PublishControls } from '../../app/PublishControls.tsx'
import { PublishedChip } from '../../app/PublishedChip.tsx'
import { useWorkflowPublish } from './useWorkflowPublish.ts'

export function WorkflowPublishState({ app }: { readonly app: App }) {
  const { publication } = useWorkflowPublish(app)
  return (
    <span role="status" className="flex shrink-0">
      {publication !== undefined && <PublishedChip publication={publication} />}
    </span>
  )
}

export function WorkflowPublishMenu({ app }: { readonly app: App }) {
  const { t } = useTranslation('orchestrate')
  const { publication, isPublishing, publish } = useWorkflowPublish(app)
  return (
    <PublishControls
      // Where it is not known, publishing itself tells what is in its way.
      hasChanges={publication !== 'current'}
      isPublishing={isPublishing}
      publish={publish}
      pageHint={publication === 'never' ? t('draft.never') : undefined}
    />
  )
}

/** Says on the page of the public page that there is nothing to see on it yet. */
export function NeverPublishedNotice({ app }: { readonly app: App }) {
  const { publication, isPublishing, publish } = useWorkflowPublish(app)
  return publication === 'never' && <NeverPublished isPublishing={isPublishing} publish={publish} />
}
