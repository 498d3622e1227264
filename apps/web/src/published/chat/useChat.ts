import { useEffect, useState, useSyncExternalStore } from 'react'
import { backOff } from '../api/follow-message.ts'
import { createKeptAsks } from '../api/kept-asks.ts'
import { isFramed } from '../embedded/framed.ts'
import { findOfferedConversation } from '../embedded/offered-conversation.ts'
import { CONVERSATION_PARAMETER, isId } from '../embedded/passed-in.ts'
import { usePublishedApp } from '../published-app.ts'
import { activeThread, type ChatState, type Thread } from './chat-state.ts'
import { type ChatStore, createChatStore } from './chat-store.ts'
import { createOpenTurns } from './open-turns.ts'
import { createTabSignal } from './tab-signal.ts'

export interface Chat {
  readonly store: ChatStore
  readonly state: ChatState
  readonly thread: Thread
}

/** The chat of this page, started once; the address names the conversation on view, so that a reload and "back" find it. */
export function useChat(): Chat {
  const { api, parameters, address, passedIn, tabStore, reachability } = usePublishedApp()
  const [openTurns] = useState(() => createOpenTurns(address.code, tabStore))
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
    const onView = readAddress()
    if (onView === undefined && passedIn.conversationId !== undefined) void findOfferedConversation(api, passedIn).then(store.start)
    else void store.start(onView)
    const onPageHide = () => openTurns.freeze(true)
    const onPageShow = () => openTurns.freeze(false)
    const onPopState = () => {
      const id = readAddress()
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
  }, [store, openTurns, api, passedIn])
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
    let written: string | undefined
    const follow = () => {
      const { conversationId } = activeThread(store.read())
      if (conversationId !== written) writeAddress(conversationId)
      written = conversationId
    }
    follow()
    // In the very moment: until then a question is kept for the next life of the page, and from then on the address leads to it.
    return store.subscribe(follow)
  }, [store])
  return { store, state, thread }
}

function readAddress(): string | undefined {
  const id = new URLSearchParams(location.search).get(CONVERSATION_PARAMETER)
  return id !== null && isId(id) ? id : undefined
}

function writeAddress(conversationId: string | undefined): void {
  if (readAddress() === conversationId) return
  const address = new URL(location.href)
  if (conversationId === undefined) address.searchParams.delete(CONVERSATION_PARAMETER)
  else address.searchParams.set(CONVERSATION_PARAMETER, conversationId)
  // In a frame, going back is for the page around it.
  if (isFramed()) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
}
