import { useTranslation } from 'react-i18next'
import { useErrorText } from '../../api/useErrorText.ts'
import { Button, Chip, Tooltip } from '../../design/index.ts'
import { useDraft, useDraftStore } from './app-context.ts'
import { PublishedChip } from './PublishedChip.tsx'
import { useDraftPublication } from './useDraftPublication.ts'

/** In words and colour: is everything saved, and does the draft differ from what callers get? */
export function DraftState() {
  const { t } = useTranslation('orchestrate')
  const errorText = useErrorText()
  const draft = useDraftStore()
  const { status, hasUnpublishedChanges, error } = useDraft()
  const publication = useDraftPublication()
  if (status === 'conflict') return <Chip tone="bad">{t('draft.conflict')}</Chip>
  if (status === 'failed') {
    return (
      <Tooltip content={errorText(error)}>
        <Button size="s" onClick={() => void draft.flush().catch(() => undefined)}>
          <span className="text-bad">{t('draft.failed')}</span>
        </Button>
      </Tooltip>
    )
  }
  return (
    <span role="status" className="flex min-w-0 items-center gap-2 whitespace-nowrap max-[700px]:shrink-0">
      <PublishedChip publication={publication} />
      {hasUnpublishedChanges && (
        <span className="truncate text-s text-ink-3 max-[1180px]:sr-only min-[700px]:max-[1000px]:not-sr-only">
          {status === 'saved' ? t('draft.saved') : t('draft.saving')}
        </span>
      )}
    </span>
  )
}
