import { createContext, use, useSyncExternalStore } from 'react'
import type { App } from '../../api/types/apps.ts'
import type { DraftSnapshot, DraftStore } from './draft-store.ts'

export interface AppContextValue {
  readonly app: App
  /** Null for apps that are a graph: their drafts are kept elsewhere. */
  readonly draft: DraftStore | null
}

export const AppContext = createContext<AppContextValue | null>(null)

/** The app whose pages are shown, and its draft; only below `AppShell`. */
export function useApp(): AppContextValue {
  const value = use(AppContext)
  if (!value) throw new Error('useApp needs the AppShell above it')
  return value
}

/** The store of the app's draft; only on pages of apps that have a configuration. */
export function useDraftStore(): DraftStore {
  const { draft } = useApp()
  if (!draft) throw new Error('useDraftStore is for apps with a configuration')
  return draft
}

export function useDraft(): DraftSnapshot {
  const draft = useDraftStore()
  return useSyncExternalStore(draft.subscribe, draft.read)
}
