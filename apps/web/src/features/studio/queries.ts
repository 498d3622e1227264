import { infiniteQueryOptions, type QueryClient } from '@tanstack/react-query'
import type { ConsoleApi } from '../../api/console-api.ts'

export interface AppFilter {
  readonly name: string
  readonly mode: 'all' | 'chat' | 'completion' | 'workflow'
}

const PAGE_SIZE = 30

export const appsQuery = (api: ConsoleApi, filter: AppFilter) =>
  infiniteQueryOptions({
    queryKey: ['apps', 'list', filter],
    queryFn: ({ pageParam }) => api.apps.list({ page: pageParam, limit: PAGE_SIZE, name: filter.name, mode: filter.mode }),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.has_more ? last.page + 1 : undefined),
    placeholderData: (previous) => previous,
  })

export function invalidateApps(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ['apps', 'list'] })
}
