import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { App } from '../../../api/types/apps.ts'
import { useErrorText } from '../../../api/useErrorText.ts'
import { useToast } from '../../../design/index.ts'
import type { Publication } from '../../app/publication.ts'
import { appQuery } from '../../app/queries.ts'
import { useSession } from '../../session/useSession.ts'
import { countUnmet } from '../needs/needs.ts'
import { needsQuery } from '../needs/useNeeds.ts'
import { publishedVersionQuery, versionsQuery, workflowDraftQuery } from './queries.ts'
import { readPublication } from './workflow-publication.ts'

export interface WorkflowPublishing {
  /** Undefined while it is not known. */
  readonly publication: Publication | undefined
  readonly isPublishing: boolean
  readonly publish: () => void
}

export function useWorkflowPublish(app: App): WorkflowPublishing {
  const { t } = useTranslation('workflow')
  const api = useApi()
  const toast = useToast()
  const errorText = useErrorText()
  const queryClient = useQueryClient()
  const { canEdit } = useSession()
  const draft = useQuery({ ...workflowDraftQuery(api, app.id), enabled: canEdit })
  const published = useQuery({ ...publishedVersionQuery(api, app.id), enabled: canEdit })
  const publish = useMutation({
    mutationFn: () => api.workflows.publish(app.id),
    onSuccess: async () => {
      // What was published may be newer than the draft of this page.
      const queries = [appQuery(api, app.id), versionsQuery(api, app.id), workflowDraftQuery(api, app.id)]
      await Promise.all(queries.map(({ queryKey }) => queryClient.invalidateQueries({ queryKey })))
      // It may be published without all that it needs; whoever does so knows it.
      const unmet = await queryClient.fetchQuery(needsQuery(api, app.id)).then(countUnmet, () => 0)
      if (unmet > 0) toast.error(t('console.published'), t('console.publishedUnmet', { count: unmet }))
      else toast.success(t('console.published'))
    },
    onError: (error) => toast.error(t('console.publishFailed'), errorText(error)),
  })
  return {
    publication: draft.data && published.data !== undefined ? readPublication(draft.data, published.data) : undefined,
    isPublishing: publish.isPending,
    publish: () => publish.mutate(),
  }
}
