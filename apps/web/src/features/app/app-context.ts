import { createContext, use, useSyncExternalStore } from 'react'
import type { App } from '../../api/types/apps.ts'
import type { DraftSnapshot, DraftStore } from './draft-store.ts'

export interface AppContextValue {
  readonly app: App
  readonly draft: DraftStore
}

export const AppContext = createContext<AppContextValue | null>(null)

/** The app whose pages are shown, and its draft; only below `AppShell`. */
export function useApp(): AppContextValue {
  const value = use(AppContext)
  if (!value) throw new Error('useApp needs the AppShell above it')
  return value
}

export function useDraft(): DraftSnapshot {
  const { draft } = useApp()
  return useSyncExternalStore(draft.subscribe, draft.read)
}
