import { queryOptions, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useApi } from '../../../../api/ApiProvider.tsx'
import type { ConsoleApi } from '../../../../api/console-api.ts'
import type { App } from '../../../../api/types/apps.ts'
import type { Tried, WorkflowVersion } from '../../../../api/workflows-api.ts'
import { workflowDraftQuery } from '../queries.ts'

const versionQuery = (api: ConsoleApi, appId: string, versionId: string) =>
  queryOptions({ queryKey: ['workflow-versions', appId, versionId], queryFn: () => api.workflows.version(appId, versionId) })

export interface TrialProps {
  readonly app: App
  /** The draft or a version. */
  readonly workflow: WorkflowVersion
}

/** What a page tries: the draft, unless its address names a version. */
export function useTriedWorkflow(appId: string) {
  const api = useApi()
  const { version: versionId } = useSearch({ strict: false })
  const draft = useQuery({ ...workflowDraftQuery(api, appId), enabled: versionId === undefined })
  const version = useQuery({ ...versionQuery(api, appId, versionId ?? ''), enabled: versionId !== undefined })
  return versionId === undefined ? draft : version
}

export const isDraft = ({ version }: WorkflowVersion): boolean => version === 'draft'

export const toTried = (appId: string, workflow: WorkflowVersion): Tried => ({
  appId,
  versionId: isDraft(workflow) ? undefined : workflow.id,
})
