import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../../../api/ApiProvider.tsx'
import { useErrorText } from '../../../../api/useErrorText.ts'
import { useToast } from '../../../../design/index.ts'
import { workflowDraftQuery } from '../queries.ts'

type Features = Readonly<Record<string, unknown>>

/** Changes features of a draft. What others changed of them meanwhile stays. */
export function useSaveFeatures(appId: string, onDone: () => void) {
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (change: (features: Features) => Features) => {
      const { features } = await api.workflows.draft(appId)
      await api.workflows.saveFeatures(appId, { ...features, ...change(features) })
      await queryClient.invalidateQueries(workflowDraftQuery(api, appId))
    },
    onSuccess: onDone,
    onError: (error) => toast.error(errorText(error)),
  })
}
