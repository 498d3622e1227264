import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import type { AppSummary } from '../../api/types/apps.ts'
import { useErrorText } from '../../api/useErrorText.ts'
import { cx, IconButton, useToast } from '../../design/index.ts'
import { showStar } from './queries.ts'

/** Out of the way until the card is looked at, unless the star is set. Shown at once, taken back where the server refuses. */
export function StarButton({ app }: { readonly app: AppSummary }) {
  const { t } = useTranslation('studio')
  const api = useApi()
  const queryClient = useQueryClient()
  const toast = useToast()
  const errorText = useErrorText()
  const star = useMutation({
    mutationFn: (isStarred: boolean) => api.apps.setStar(app.id, isStarred),
    onError: (error) => toast.error(t('failed'), errorText(error)),
    onSuccess: (_, isStarred) => showStar(queryClient, app.id, isStarred),
  })
  const isStarred = star.isPending ? star.variables : app.is_starred
  return (
    <IconButton
      label={isStarred ? t('unstar', { name: app.name }) : t('star', { name: app.name })}
      size="s"
      isTooltipHidden
      aria-pressed={isStarred}
      className={cx(
        'relative z-1 transition-opacity',
        !isStarred && 'opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100',
      )}
      onClick={() => star.mutate(!isStarred)}
    >
      <Star size={15} aria-hidden className={cx(isStarred && 'fill-current text-accent')} />
    </IconButton>
  )
}
