import { useSyncExternalStore } from 'react'

export type ThemePreference = 'light' | 'dark' | 'system'

const STORAGE_KEY = 'trellis.theme'
const CHANGE_EVENT = 'trellis:theme'

function isPreference(value: unknown): value is ThemePreference {
  return value === 'light' || value === 'dark' || value === 'system'
}

/** What the person chose on this device; `system` where nothing was. */
export function readThemePreference(): ThemePreference {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return isPreference(stored) ? stored : 'system'
  } catch {
    return 'system'
  }
}

function resolveTheme(preference: ThemePreference): 'light' | 'dark' {
  if (preference !== 'system') return preference
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Remembers the choice on this device and applies it at once. */
export function setThemePreference(preference: ThemePreference): void {
  try {
    localStorage.setItem(STORAGE_KEY, preference)
  } catch {
    // Closed storage: the choice holds until the page is left.
  }
  document.documentElement.dataset['theme'] = resolveTheme(preference)
  window.dispatchEvent(new Event(CHANGE_EVENT))
}

/** Follows the system and other tabs. Call once at start; returns the way to stop. */
export function watchTheme(): () => void {
  const apply = () => {
    document.documentElement.dataset['theme'] = resolveTheme(readThemePreference())
    window.dispatchEvent(new Event(CHANGE_EVENT))
  }
  const media = matchMedia('(prefers-color-scheme: dark)')
  const onStorage = (event: StorageEvent) => event.key === STORAGE_KEY && apply()
  media.addEventListener('change', apply)
  window.addEventListener('storage', onStorage)
  return () => {
    media.removeEventListener('change', apply)
    window.removeEventListener('storage', onStorage)
  }
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener(CHANGE_EVENT, onChange)
  return () => window.removeEventListener(CHANGE_EVENT, onChange)
}

export function useThemePreference(): ThemePreference {
  return useSyncExternalStore(subscribe, readThemePreference)
}

/** The theme that is on screen now. */
export function useResolvedTheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, () => (document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light'))
}
