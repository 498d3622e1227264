import { useSyncExternalStore } from 'react'

/** Tailwind's `max-sm`. */
const PHONE = '(width < 40rem)'

export const isPhone = (): boolean => matchMedia(PHONE).matches

function subscribe(onChange: () => void): () => void {
  const media = matchMedia(PHONE)
  media.addEventListener('change', onChange)
  return () => media.removeEventListener('change', onChange)
}

/** For what stands elsewhere on a phone and must be there once: what only looks otherwise is for CSS. */
export const useIsPhone = (): boolean => useSyncExternalStore(subscribe, isPhone)
