import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { ConsoleApi } from '../../../api/console-api.ts'
import { workflowDraftQuery } from '../console/queries.ts'
import { firstBindings, type ModelName, modelKey, type NeededModel, unreadyModels } from './needs.ts'

export const needsQuery = (api: ConsoleApi, appId: string) =>
  queryOptions({ queryKey: ['workflow-draft', appId, 'needs'], queryFn: () => api.workflows.needs(appId) })

/** What an app needs, what is chosen in the place of models, and putting it there. */
export function useNeeds(appId: string, onBound: () => void) {
  const api = useApi()
  const queryClient = useQueryClient()
  const needs = useQuery(needsQuery(api, appId))
  const [chosen, setChosen] = useState<ReadonlyMap<string, ModelName>>(new Map())
  const bindings = useMemo(
    () => (needs.data ? new Map([...firstBindings(needs.data), ...chosen]) : new Map<string, ModelName>()),
    [needs.data, chosen],
  )
  const bind = useMutation({
    mutationFn: () => {
      const from = needs.data ? unreadyModels(needs.data) : []
      return api.workflows.bindModels(
        appId,
        from.flatMap(({ provider, model }) => {
          const to = bindings.get(modelKey({ provider, model }))
          return to ? [{ from: { provider, model }, to }] : []
        }),
      )
    },
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: workflowDraftQuery(api, appId).queryKey })
      onBound()
    },
  })
  return {
    needs,
    bindings,
    onBind: (needed: NeededModel, model: ModelName) => setChosen(new Map([...chosen, [modelKey(needed), model]])),
    bind,
  }
}
