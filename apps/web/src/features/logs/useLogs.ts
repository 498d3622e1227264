import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useApi } from '../../api/ApiProvider.tsx'
import type { LogQuery } from '../../api/runs-api.ts'
import type { Page } from '../../api/types/apps.ts'
import type { ChatConversation, CompletionConversation, LogMessage } from '../../api/types/conversations.ts'
import { useApp } from '../app/app-context.ts'

/** One row of the log, whatever the kind of app. */
export interface LogRow {
  readonly id: string
  readonly title: string
  readonly source: string
  readonly user: string | null
  readonly turns: number
  /** Turns by what became of them; the others are whole. */
  readonly failed: number
  readonly paused: number
  readonly stopped: number
  readonly tokens: number
  readonly price: string
  readonly currency: string
  readonly latency: number
  /** How often its answers were liked and disliked, by whomever. */
  readonly liked: number
  readonly disliked: number
  readonly updatedAt: number
  readonly isAnnotated: boolean
}

/** The published page is told apart from the API, which `from_source` does not do. */
const sourceOf = (item: ChatConversation | CompletionConversation): string =>
  item.invoke_from === 'web-app' ? 'web_app' : item.from_source

const countsOf = ({ status_count: count }: ChatConversation | CompletionConversation) => ({
  failed: count?.failed ?? 0,
  paused: count?.paused ?? 0,
  stopped: count?.stopped ?? 0,
})

/** What is the same for a conversation and a text. */
function toCommon(item: ChatConversation | CompletionConversation) {
  const ratings = [item.user_feedback_stats, item.admin_feedback_stats]
  return {
    id: item.id,
    source: sourceOf(item),
    user: item.from_account_name ?? item.from_end_user_session_id ?? null,
    ...countsOf(item),
    tokens: item.total_tokens,
    price: item.total_price,
    currency: item.currency,
    latency: item.average_latency,
    liked: ratings.reduce((sum, counts) => sum + (counts?.like ?? 0), 0),
    disliked: ratings.reduce((sum, counts) => sum + (counts?.dislike ?? 0), 0),
    updatedAt: item.updated_at,
    isAnnotated: 'annotated' in item ? item.annotated : item.annotation !== null,
  }
}

function fromChat(item: ChatConversation): LogRow {
  return { ...toCommon(item), title: item.name || item.summary || '', turns: item.message_count }
}

function fromCompletion(item: CompletionConversation): LogRow {
  return { ...toCommon(item), title: item.message?.answer || item.message?.query || '', turns: 1 }
}

export function useLogPage(query: LogQuery) {
  const api = useApi()
  const { app } = useApp()
  return useQuery({
    queryKey: ['logs', app.id, query],
    queryFn: async (): Promise<Page<LogRow>> => {
      if (app.mode === 'completion') {
        const page = await api.runs.completionConversations(app.id, query)
        return { ...page, data: page.data.map(fromCompletion) }
      }
      const page = await api.runs.chatConversations(app.id, query)
      return { ...page, data: page.data.map(fromChat) }
    },
    placeholderData: keepPreviousData,
  })
}

/** What is shown above the turns; a text generator's one turn comes with it. */
export interface LogConversation {
  readonly introduction: string | null
  readonly message: LogMessage | null
}

export function useLogConversation(id: string) {
  const api = useApi()
  const { app } = useApp()
  return useQuery({
    queryKey: ['logs', app.id, 'detail', id],
    queryFn: async (): Promise<LogConversation> => {
      if (app.mode === 'completion') return { introduction: null, message: (await api.runs.completionConversation(app.id, id)).message }
      return { introduction: (await api.runs.chatConversation(app.id, id)).introduction, message: null }
    },
  })
}

const TURNS_PER_PAGE = 20

/** The turns of a chat, newest page first, each page from old to new. */
export function useLogMessages(id: string) {
  const api = useApi()
  const { app } = useApp()
  return useInfiniteQuery({
    queryKey: ['logs', app.id, 'messages', id],
    queryFn: ({ pageParam }) => api.runs.messages(app.id, { conversation_id: id, first_id: pageParam, limit: TURNS_PER_PAGE }),
    initialPageParam: '',
    getNextPageParam: (last) => (last.has_more ? last.data[0]?.id : undefined),
    enabled: app.mode !== 'completion',
  })
}

type MessagePages = InfiniteData<{ readonly data: readonly LogMessage[] }>

/** After a turn was changed: it alone is read again, and what counts or lists turns; not the pages that stand around it. */
export function useRefreshTurn() {
  const api = useApi()
  const queryClient = useQueryClient()
  const { app } = useApp()
  return useCallback(
    async (id: string): Promise<void> => {
      const counts = queryClient.invalidateQueries({ queryKey: ['logs', app.id], predicate: ({ queryKey }) => queryKey[2] !== 'messages' })
      if (app.mode !== 'completion') {
        const changed = await api.runs.message(app.id, id)
        queryClient.setQueriesData<MessagePages>(
          { queryKey: ['logs', app.id, 'messages'] },
          (pages) => pages && replaceTurn(pages, changed),
        )
      }
      await counts
    },
    [api, queryClient, app.id, app.mode],
  )
}

const replaceTurn = (given: MessagePages, changed: LogMessage): MessagePages => ({
  ...given,
  pages: given.pages.map((page) =>
    page.data.some(({ id }) => id === changed.id)
      ? { ...page, data: page.data.map((turn) => (turn.id === changed.id ? changed : turn)) }
      : page,
  ),
})
