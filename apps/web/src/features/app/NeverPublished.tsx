import { useTranslation } from 'react-i18next'
import { Button, Notice } from '../../design/index.ts'
import { useSession } from '../session/useSession.ts'

export interface NeverPublishedProps {
  readonly isPublishing: boolean
  readonly publish: () => void
}

/** Says that callers have nothing of the app yet. */
export function NeverPublished({ isPublishing, publish }: NeverPublishedProps) {
  const { t } = useTranslation('orchestrate')
  const { canEdit } = useSession()
  const action = (
    <Button size="s" isBusy={isPublishing} onClick={publish}>
      {t('publish.action')}
    </Button>
  )
  return (
    <Notice tone="warn" action={canEdit && action}>
      {t('publish.never')}
    </Notice>
  )
}
