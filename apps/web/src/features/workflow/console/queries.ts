import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { ConsoleApi } from '../../../api/console-api.ts'
import type { RunKind } from '../../../api/workflows-api.ts'

export const workflowDraftQuery = (api: ConsoleApi, appId: string) =>
  queryOptions({ queryKey: ['workflow-draft', appId], queryFn: () => api.workflows.draft(appId) })

export const runsQuery = (api: ConsoleApi, appId: string, kind: RunKind) =>
  infiniteQueryOptions({
    queryKey: ['workflow-runs', appId, kind],
    queryFn: ({ pageParam }) => api.workflows.runs(appId, { kind, lastId: pageParam }),
    // The first page begins at no run.
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => (last.has_more ? last.data.at(-1)?.id : undefined),
  })

export const runQuery = (api: ConsoleApi, appId: string, runId: string) =>
  queryOptions({
    queryKey: ['workflow-run', appId, runId],
    queryFn: async () => {
      const [run, nodes] = await Promise.all([api.workflows.run(appId, runId), api.workflows.nodes(appId, runId)])
      return { run, nodes }
    },
  })
