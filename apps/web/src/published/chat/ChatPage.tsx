import { useCallback, useDeferredValue, useState } from 'react'
import { Succession } from '../../features/chat/Succession.tsx'
import { lazyDialog } from '../../lazy-dialog.tsx'
import { ConnectionBanner } from '../ConnectionBanner.tsx'
import { usePublishedApp } from '../published-app.ts'
import { useRightPage } from '../useRightPage.ts'
import { ChatHeader } from './ChatHeader.tsx'
import { ChatPane } from './ChatPane.tsx'
import { ConversationSidebar } from './ConversationSidebar.tsx'
import type { ChatState, Thread } from './chat-state.ts'
import type { ChatStore } from './chat-store.ts'
import { useChat } from './useChat.ts'

const ConversationDrawer = lazyDialog(
  () => import('./ConversationDrawer.tsx').then((module) => module.ConversationDrawer),
  ({ isOpen }) => isOpen,
)

/** Conversations at the left (in a drawer on phones), the one on view at the right. */
export function ChatPage() {
  const { site } = usePublishedApp()
  const { store, state, thread } = useChat()
  useRightPage(state.list.error)
  // The list says at once which one was chosen.
  const paneKey = useDeferredValue(thread.key)
  const refresh = useCallback(() => void store.refresh(), [store])
  const [isDrawerOpen, setDrawerOpen] = useState(false)
  const [hasDrawer, setHasDrawer] = useState(false)
  const closeDrawer = useCallback(() => setDrawerOpen(false), [])
  const openDrawer = () => {
    setHasDrawer(true)
    setDrawerOpen(true)
  }
  const sidebar = <ConversationSidebar store={store} list={state.list} activeId={thread.conversationId} onChosen={closeDrawer} />
  return (
    <div className="flex h-(--page-height,100dvh) flex-col overflow-hidden">
      <ConnectionBanner onBack={refresh} />
      <div className="grid min-h-0 flex-1 grid-cols-[248px_minmax(0,1fr)] max-md:grid-cols-1">
        <aside className="min-h-0 border-r border-line bg-surface-2 max-md:hidden">{sidebar}</aside>
        {hasDrawer && (
          <ConversationDrawer isOpen={isDrawerOpen} onClose={closeDrawer}>
            {sidebar}
          </ConversationDrawer>
        )}
        <main className="flex min-h-0 min-w-0 flex-col bg-surface">
          <ChatHeader title={findEntry(state, thread)?.name || site.title} onOpenList={openDrawer} onNew={store.startNew} />
          <Succession current={paneKey} className="flex min-h-0 flex-1 flex-col">
            {(key, isLeaving) => <Pane store={store} state={state} threadKey={key} isLeaving={isLeaving} />}
          </Succession>
        </main>
      </div>
    </div>
  )
}

interface PaneProps {
  readonly store: ChatStore
  readonly state: ChatState
  readonly threadKey: string
  readonly isLeaving: boolean
}

function Pane({ store, state, threadKey, isLeaving }: PaneProps) {
  const thread = state.threads.find(({ key }) => key === threadKey)
  if (!thread) return null
  const entry = findEntry(state, thread)
  return (
    <ChatPane store={store} thread={thread} introduction={entry?.introduction ?? null} startedWith={entry?.inputs} isLeaving={isLeaving} />
  )
}

const findEntry = ({ list }: ChatState, { conversationId }: Thread) => list.entries.find(({ id }) => id === conversationId)
