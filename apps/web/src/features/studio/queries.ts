import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { ConsoleApi } from '../../api/console-api.ts'
import type { StudioSearch } from './studio-search.ts'

const PAGE_SIZE = 30

export const appsQuery = (api: ConsoleApi, { q = '', mode, sort, tags, starred }: StudioSearch) => {
  const wanted = {
    name: q.trim(),
    ...(mode && { mode }),
    ...(sort && { sort_by: sort }),
    ...(tags && { tag_ids: tags }),
    ...(starred && { starred_first: starred }),
  }
  return infiniteQueryOptions({
    queryKey: ['apps', 'list', wanted],
    queryFn: ({ pageParam }) => api.apps.list({ page: pageParam, limit: PAGE_SIZE, ...wanted }),
    initialPageParam: 1,
    getNextPageParam: (last) => (last.has_more ? last.page + 1 : undefined),
    placeholderData: (previous) => previous,
  })
}

export const tagsQuery = (api: ConsoleApi) => queryOptions({ queryKey: ['tags'], queryFn: () => api.tags.list() })

export function invalidateApps(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ['apps', 'list'] })
}
