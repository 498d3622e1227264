import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'

/**
 * Says what keeps an app from its callers, as an answer or a refusal told it; undefined for what only a newer server knows, whose own words do
 * then. The words come when they are needed.
 */
export function useObstacleText(): (told: unknown) => Promise<string | undefined> {
  const { i18n } = useTranslation('common')
  return useCallback(
    (told) => import('./tell-obstacle.ts').then(({ tellObstacle }) => tellObstacle(told, i18n)).catch(() => undefined),
    [i18n],
  )
}
