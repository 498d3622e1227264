import { useEffect, useState, useSyncExternalStore } from 'react'
import { backOff } from '../api/follow-message.ts'
import { createKeptAsks } from '../api/kept-asks.ts'
import { findOfferedConversation } from '../embedded/offered-conversation.ts'
import { usePublishedApp } from '../published-app.ts'
import { activeThread, type ChatState, type Thread } from './chat-state.ts'
import { type ChatStore, createChatStore } from './chat-store.ts'
import { createConversationOnView } from './conversation-on-view.ts'
import { createOpenTurns } from './open-turns.ts'
import { createTabSignal } from './tab-signal.ts'

export interface Chat {
  readonly store: ChatStore
  readonly state: ChatState
  readonly thread: Thread
}

/** The chat of this page, started once. */
export function useChat(): Chat {
  const { api, parameters, address, passedIn, tabStore, reachability } = usePublishedApp()
  const [openTurns] = useState(() => createOpenTurns(address.code, tabStore))
  const [onView] = useState(() => createConversationOnView({ code: address.code, tabStore }))
  const [tabs] = useState(() => createTabSignal(address.code))
  const [store] = useState(() =>
    createChatStore({
      api,
      openTurns,
      asks: createKeptAsks({ code: address.code, tabStore }),
      suggestsQuestions: parameters.suggested_questions_after_answer.enabled,
      onConnection: reachability.report,
      onChanged: tabs.tell,
      draw: (show) => requestAnimationFrame(show),
      pause: backOff,
    }),
  )
  const state = useSyncExternalStore(store.subscribe, store.read)
  const thread = activeThread(state)
  useEffect(() => {
    const first = onView.first()
    if (first === undefined && passedIn.conversationId !== undefined) void findOfferedConversation(api, passedIn).then(store.start)
    else void store.start(first)
    const onPageHide = () => openTurns.freeze(true)
    const onPageShow = () => openTurns.freeze(false)
    const onPopState = () => {
      const id = onView.named()
      if (id === undefined) store.startNew()
      else store.open(id)
    }
    window.addEventListener('pagehide', onPageHide)
    window.addEventListener('pageshow', onPageShow)
    window.addEventListener('popstate', onPopState)
    return () => {
      window.removeEventListener('pagehide', onPageHide)
      window.removeEventListener('pageshow', onPageShow)
      window.removeEventListener('popstate', onPopState)
    }
  }, [store, onView, openTurns, api, passedIn])
  useEffect(() => {
    const onVisible = () => document.visibilityState === 'visible' && void store.refresh()
    document.addEventListener('visibilitychange', onVisible)
    const stopListening = tabs.listen((conversationId) => void store.refresh(conversationId))
    return () => {
      document.removeEventListener('visibilitychange', onVisible)
      stopListening()
    }
  }, [store, tabs])
  useEffect(() => {
    let written = activeThread(store.read()).conversationId
    onView.write(written)
    const follow = () => {
      const now = store.read()
      const { conversationId } = activeThread(now)
      if (conversationId === written) return
      const isGone = written !== undefined && now.threads.every((thread) => thread.conversationId !== written)
      written = conversationId
      onView.write(conversationId, isGone)
    }
    // In the very moment: until then a question is kept for the next life of the page, and from then on the conversation is found again.
    return store.subscribe(follow)
  }, [store, onView])
  return { store, state, thread }
}
