import { Suspense, useCallback, useState } from 'react'
import { lazyPart } from '../../lazy-part.ts'
import { ConnectionBanner } from '../ConnectionBanner.tsx'
import { usePublishedApp } from '../published-app.ts'
import { useRightPage } from '../useRightPage.ts'
import { ChatHeader } from './ChatHeader.tsx'
import { ChatPane } from './ChatPane.tsx'
import { ConversationSidebar } from './ConversationSidebar.tsx'
import { useChat } from './useChat.ts'

const ConversationDrawer = lazyPart(() => import('./ConversationDrawer.tsx').then((module) => ({ default: module.ConversationDrawer })))

/** Conversations at the left (in a drawer on phones), the one on view at the right. */
export function ChatPage() {
  const { site } = usePublishedApp()
  const { store, state, thread } = useChat()
  useRightPage(state.list.error)
  const refresh = useCallback(() => void store.refresh(), [store])
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  const [hasDrawer, setHasDrawer] = useState(false)
  const closeDrawer = useCallback(() => setDrawerOpen(false), [])
  const openDrawer = () => {
    setHasDrawer(true)
    setDrawerOpen(true)
  }
  const entry = state.list.entries.find((each) => each.id === thread.conversationId)
  const sidebar = <ConversationSidebar store={store} list={state.list} activeId={thread.conversationId} onChosen={closeDrawer} />
  return (
    <div className="flex h-(--page-height,100dvh) flex-col overflow-hidden">
      <ConnectionBanner onBack={refresh} />
      <div className="grid min-h-0 flex-1 grid-cols-[248px_minmax(0,1fr)] max-md:grid-cols-1">
        <aside className="min-h-0 border-r border-line bg-surface-2 max-md:hidden">{sidebar}</aside>
        {hasDrawer && (
          <Suspense>
            <ConversationDrawer isOpen={isDrawerOpen} onOpenChange={setDrawerOpen}>
              {sidebar}
            </ConversationDrawer>
          </Suspense>
        )}
        <main className="flex min-h-0 min-w-0 flex-col bg-surface">
          <ChatHeader title={entry?.name || site.title} onOpenList={openDrawer} onNew={store.startNew} />
          <ChatPane key={thread.key} store={store} thread={thread} introduction={entry?.introduction ?? null} startedWith={entry?.inputs} />
        </main>
      </div>
    </div>
  )
}
