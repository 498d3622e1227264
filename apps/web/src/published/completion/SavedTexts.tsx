import { Bookmark, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, Card, CopyButton, EmptyState, ErrorState, IconButton, Skeleton, useToast } from '../../design/index.ts'
import { Markdown } from '../../features/chat/Markdown.tsx'
import { splitReasoning } from '../../features/chat/reasoning.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import type { SavedMessage } from '../api/web-app-api.ts'
import { SpeakText } from '../speech/speech-controls.tsx'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import type { TextState, TextStore } from './text-store.ts'

export interface SavedTextsProps {
  readonly store: TextStore
  readonly saved: TextState['saved']
}

/** The texts that the visitor kept. */
export function SavedTexts({ store, saved }: SavedTextsProps) {
  const { t } = useTranslation(['published', 'common'])
  const toast = useToast()
  const errorText = useVisitorErrorText()
  if (saved.status === 'loading') return <Skeleton className="h-28" />
  if (saved.status === 'failed') {
    return <ErrorState title={t('common:loadFailed')} message={errorText(saved.error)} onRetry={() => void store.loadSaved()} />
  }
  if (saved.items.length === 0) {
    return <EmptyState icon={<Bookmark size={20} aria-hidden />} title={t('text.noSaved')} description={t('text.noSavedHint')} />
  }
  const told = (action: Promise<void>) => void action.catch((error: unknown) => toast.error(errorText(error)))
  const forget = async (item: SavedMessage) => {
    await store.forget(item.id)
    toast.success(t('text.forgotten'), { label: t('common:undo'), onSelect: () => told(store.keep(item)) })
  }
  return (
    <div className="flex flex-col gap-3">
      {saved.items.map((item) => (
        <SavedText key={item.id} item={item} onForget={() => told(forget(item))} />
      ))}
      {saved.hasMore && (
        <Button variant="ghost" className="self-center" onClick={() => told(store.loadMoreSaved())}>
          {t('common:showMore')}
        </Button>
      )}
    </div>
  )
}

function SavedText({ item, onForget }: { readonly item: SavedMessage; readonly onForget: () => void }) {
  const { t } = useTranslation('published')
  const format = useFormat()
  const { text } = splitReasoning(item.answer)
  return (
    <Card className="px-4.5 pt-4 pb-2.5 text-[15px] leading-[1.65]">
      <Markdown text={text} />
      <div className="mt-1.5 -ml-1.5 flex h-7 items-center gap-0.5 text-ink-3">
        <CopyButton text={text} />
        <SpeakText speechKey={item.id} what={{ messageId: item.id }} />
        <IconButton label={t('text.forget')} size="s" onClick={onForget}>
          <Trash2 size={14} aria-hidden />
        </IconButton>
        <span className="ml-auto text-s">{format.dateTime(item.created_at)}</span>
      </div>
    </Card>
  )
}
