import { Plus } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { AppIcon, Button, useToast } from '../../design/index.ts'
import { PageFooter } from '../PageFooter.tsx'
import { usePublishedApp } from '../published-app.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import { ConversationItem } from './ConversationItem.tsx'
import type { ChatState } from './chat-state.ts'
import type { ChatStore } from './chat-store.ts'
import { groupConversations } from './conversation-groups.ts'

export interface ConversationSidebarProps {
  readonly store: ChatStore
  readonly list: ChatState['list']
  readonly activeId: string | undefined
  /** A conversation was opened: a drawer closes. */
  readonly onChosen: () => void
}

/** Drawn again only where the list has changed, not with every word of an answer. */
export const ConversationSidebar = memo(function ConversationSidebar({ store, list, activeId, onChosen }: ConversationSidebarProps) {
  const { t } = useTranslation(['published', 'common'])
  const { site } = usePublishedApp()
  const toast = useToast()
  const errorText = useVisitorErrorText()
  const loadMore = () => void store.loadMore().catch((error: unknown) => toast.error(errorText(error)))
  const startNew = () => {
    store.startNew()
    onChosen()
  }
  return (
    <div className="flex h-full min-h-0 flex-col p-3">
      <div className="flex items-center gap-2.25 px-2 pt-1 pb-3">
        {site.icon_type === 'emoji' && site.icon ? (
          <span aria-hidden className="text-2xl leading-none">
            {site.icon}
          </span>
        ) : (
          <AppIcon iconType={site.icon_type} icon={site.icon} iconUrl={site.icon_url} size="s" />
        )}
        <span className="min-w-0 truncate text-l font-semibold">{site.title}</span>
      </div>
      <Button icon={<Plus size={15} aria-hidden />} className="w-full" onClick={startNew}>
        {t('newConversation')}
      </Button>
      <nav aria-label={t('conversations')} className="-mx-1 mt-1 min-h-0 flex-1 overflow-y-auto px-1">
        {list.status === 'loading' && <ListSkeleton />}
        {list.status === 'failed' && <ListFailed onRetry={store.loadList} />}
        {list.status === 'ready' && list.entries.length === 0 && <p className="px-2.25 pt-3 text-s text-ink-3">{t('emptyList')}</p>}
        {groupConversations(list.entries, Date.now()).map((group) => (
          <section key={group.name} aria-label={t(`group.${group.name}`)}>
            <h2 className="px-2.25 pt-3 pb-1 text-xs font-medium text-ink-3">{t(`group.${group.name}`)}</h2>
            <ul className="flex flex-col gap-0.5">
              {group.entries.map((entry) => (
                <ConversationItem
                  key={entry.id}
                  store={store}
                  entry={entry}
                  isActive={entry.id === activeId}
                  onOpen={() => {
                    store.open(entry.id)
                    onChosen()
                  }}
                />
              ))}
            </ul>
          </section>
        ))}
        {list.hasMore && (
          <Button variant="ghost" size="s" className="mt-1 w-full" onClick={loadMore}>
            {t('common:showMore')}
          </Button>
        )}
      </nav>
      <PageFooter />
    </div>
  )
})

function ListSkeleton() {
  return (
    <div className="flex flex-col gap-2 px-2 pt-4">
      {['w-4/5', 'w-3/5', 'w-2/3'].map((width) => (
        <div key={width} className={`h-4 animate-pulse rounded-sm bg-surface-3 ${width}`} />
      ))}
    </div>
  )
}

function ListFailed({ onRetry }: { readonly onRetry: () => Promise<void> }) {
  const { t } = useTranslation(['published', 'common'])
  return (
    <div className="px-2.25 pt-3 text-s text-ink-2">
      <p>{t('listFailed')}</p>
      <Button size="s" className="mt-2" onClick={() => void onRetry()}>
        {t('retry')}
      </Button>
    </div>
  )
}
