import { type InfiniteData, infiniteQueryOptions, keepPreviousData, type QueryClient, queryOptions } from '@tanstack/react-query'
import type { ConsoleApi } from '../../api/console-api.ts'
import type { AppSummary } from '../../api/types/apps.ts'
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
    placeholderData: keepPreviousData,
  })
}

export const tagsQuery = (api: ConsoleApi) => queryOptions({ queryKey: ['tags'], queryFn: () => api.tags.list() })

export function invalidateApps(queryClient: QueryClient): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: ['apps', 'list'] })
}

type AppPages = InfiniteData<{ readonly data: readonly AppSummary[] }>

/** Sets the star in the lists as they stand; only those that it orders are asked for again, however far somebody has scrolled. */
export async function showStar(queryClient: QueryClient, appId: string, isStarred: boolean): Promise<void> {
  const queryKey = ['apps', 'list']
  const withStar = (app: AppSummary): AppSummary => (app.id === appId ? { ...app, is_starred: isStarred } : app)
  queryClient.setQueriesData<AppPages>(
    { queryKey },
    (list) => list && { ...list, pages: list.pages.map((page) => ({ ...page, data: page.data.map(withStar) })) },
  )
  await queryClient.invalidateQueries({ queryKey, predicate: ({ queryKey: [, , wanted] }) => isOrderedByStars(wanted) })
}

const isOrderedByStars = (wanted: unknown): boolean => typeof wanted === 'object' && wanted !== null && 'starred_first' in wanted
