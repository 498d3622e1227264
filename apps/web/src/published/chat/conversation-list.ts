import type { Conversation } from '@trellis/contracts'
import type { WebAppApi } from '../api/web-app-api.ts'
import type { Observable } from '../observable.ts'
import type { ChatState } from './chat-state.ts'
import type { ConversationEntry } from './conversation-groups.ts'

interface ListDependencies {
  readonly api: WebAppApi
  readonly state: Observable<ChatState>
}

export async function loadList({ api, state }: ListDependencies): Promise<void> {
  const setList = (change: Partial<ChatState['list']>) => state.update((now) => ({ ...now, list: { ...now.list, ...change } }))
  try {
    const [pinned, others] = await Promise.all([
      api.listConversations({ isPinned: true, lastId: undefined }),
      api.listConversations({ isPinned: false, lastId: undefined }),
    ])
    const entries = [...pinned.items.map((item) => toEntry(item, true)), ...others.items.map((item) => toEntry(item, false))]
    setList({
      status: 'ready',
      error: undefined,
      hasMore: others.hasMore,
      entries: mergeEntries(state.read().list.entries, entries, others.hasMore),
    })
  } catch (error) {
    setList({ status: 'failed', error })
  }
}

export async function loadMore({ api, state }: ListDependencies): Promise<void> {
  const last = state.read().list.entries.findLast((entry) => !entry.isPinned)
  const page = await api.listConversations({ isPinned: false, lastId: last?.id })
  state.update((now) => {
    const known = new Set(now.list.entries.map((entry) => entry.id))
    const more = page.items.filter((item) => !known.has(item.id)).map((item) => toEntry(item, false))
    return { ...now, list: { ...now.list, hasMore: page.hasMore, entries: [...now.list.entries, ...more] } }
  })
}

function toEntry({ id, name, inputs, introduction, updated_at: updatedAt }: Conversation, isPinned: boolean): ConversationEntry {
  return { id, name, isPinned, updatedAt, inputs, introduction }
}

/** The list as it is now, and what was brought of its later pages. */
function mergeEntries(known: readonly ConversationEntry[], fresh: readonly ConversationEntry[], hasMore: boolean): ConversationEntry[] {
  if (!hasMore) return [...fresh]
  const ids = new Set(fresh.map(({ id }) => id))
  const oldest = Math.min(...fresh.filter(({ isPinned }) => !isPinned).map(({ updatedAt }) => updatedAt))
  return [...fresh, ...known.filter(({ id, isPinned, updatedAt }) => !isPinned && !ids.has(id) && updatedAt <= oldest)]
}
