import { WifiOff } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { usePublishedApp } from './published-app.ts'

const PROBE_MS = 3000

/** Quiet while all is well; goes by itself when the server is back. */
export function ConnectionBanner({ onBack }: { readonly onBack?: (() => void) | undefined }) {
  const { t } = useTranslation('published')
  const { reachability, api } = usePublishedApp()
  const isReachable = useSyncExternalStore(reachability.subscribe, reachability.read)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const onOffline = () => {
      reachability.report(false)
      clearTimeout(timer)
      // What was under way may still arrive, and would be the last word: this call asks, and reports, once more.
      timer = setTimeout(() => void api.getSite().catch(() => undefined), PROBE_MS)
    }
    // It may have gone before anybody listened.
    if (!navigator.onLine) onOffline()
    window.addEventListener('offline', onOffline)
    return () => {
      window.removeEventListener('offline', onOffline)
      clearTimeout(timer)
    }
  }, [reachability, api])
  useEffect(() => {
    if (isReachable) return
    const timer = setInterval(() => {
      // The call itself reports whether it reached the server.
      void api.getSite().then(onBack, () => undefined)
    }, PROBE_MS)
    return () => clearInterval(timer)
  }, [isReachable, api, onBack])
  if (isReachable) return null
  return (
    <div role="status" className="flex min-h-8 shrink-0 items-center justify-center gap-2 bg-warn-soft px-3 text-s font-medium text-warn">
      <WifiOff size={14} aria-hidden />
      {t('reconnecting')}
    </div>
  )
}
