import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { useToast } from '../../design/index.ts'
import { loadPart } from '../../lazy-part.ts'
import { invalidateApps } from './queries.ts'
import { createStarters, type Starter } from './starters.ts'

export interface StarterActions {
  readonly starters: readonly Starter[]
  readonly begin: (starter: Starter) => void
  /** The starter that is being created. */
  readonly busyId: Starter['id'] | null
}

/** Creates an app from a starter and opens it. */
export function useStarter(): StarterActions {
  const { t } = useTranslation('studio')
  const api = useApi()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const toast = useToast()
  const errorText = useErrorText()
  const create = useMutation({
    mutationFn: async (starter: Starter) => (await loadPart(() => import('./create-from-starter.ts'))).createFromStarter(api, starter),
    onSuccess: async (app) => {
      await invalidateApps(queryClient)
      await navigate({ to: '/app/$id/configuration', params: { id: app.id } })
    },
    onError: (error) => toast.error(t('failed'), errorText(error)),
  })
  return {
    // The keys are those of `studio.starters`; `starters.test.ts` holds every language to them.
    starters: createStarters((key) => t(`starters.${key}` as 'starters.assistant.name', { skipInterpolation: true })),
    begin: (starter) => create.mutate(starter),
    busyId: create.isPending ? create.variables.id : null,
  }
}
