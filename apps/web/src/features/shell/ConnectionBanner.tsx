import { useQueryClient } from '@tanstack/react-query'
import { useRouteContext, useRouter } from '@tanstack/react-router'
import { WifiOff } from 'lucide-react'
import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'

const RETRY_MS = 3000

/** Quiet while all is well; heals by itself and brings the page up to date when the server is back. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const router = useRouter()
  const { reachability } = useRouteContext({ from: '__root__' })
  const isReachable = useSyncExternalStore(reachability.subscribe, reachability.read)
  useEffect(() => {
    if (isReachable) return
    const timer = setInterval(async () => {
      const isBack = await fetch('/health').then(
        (response) => response.ok,
        () => false,
      )
      if (!isBack) return
      reachability.report(true)
      await Promise.all([queryClient.invalidateQueries(), router.invalidate()])
    }, RETRY_MS)
    return () => clearInterval(timer)
  }, [isReachable, reachability, queryClient, router])
  if (isReachable) return null
  return (
    <div role="status" className="flex h-8 shrink-0 items-center justify-center gap-2 bg-warn-soft text-s font-medium text-warn">
      <WifiOff size={14} aria-hidden />
      {t('offline')}
    </div>
  )
}
