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

export const versionsQuery = (api: ConsoleApi, appId: string) =>
  infiniteQueryOptions({
    queryKey: ['workflow-versions', appId],
    queryFn: ({ pageParam }) => api.workflows.versions(appId, pageParam),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.has_more ? last.page + 1 : undefined),
  })

/** The version that callers get; null until the first publication. */
export const publishedVersionQuery = (api: ConsoleApi, appId: string) =>
  queryOptions({ queryKey: ['workflow-versions', appId, 'published'], queryFn: () => api.workflows.published(appId) })
