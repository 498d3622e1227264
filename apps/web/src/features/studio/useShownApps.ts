import { type InfiniteData, type QueryClient, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { useApi } from '../../api/ApiProvider.tsx'
import type { AppSummary } from '../../api/types/apps.ts'
import { appsQuery } from './queries.ts'
import type { StudioSearch } from './studio-search.ts'

/**
 * The list from its beginning, as far as somebody has scrolled. What is narrowed or ordered differently begins with its first page, and so
 * does the list that one comes back to by that: what was scrolled through before is neither drawn again nor asked for again.
 * `drawn` follows `items` by a frame, so that what was pressed answers before the cards are made; the first ones do not wait.
 */
export function useShownApps(search: StudioSearch) {
  const query = appsQuery(useApi(), search)
  const queryClient = useQueryClient()
  const apps = useInfiniteQuery(query)
  const key = JSON.stringify(query.queryKey)
  const keyBefore = useRef(key)
  useEffect(() => {
    if (keyBefore.current === key) return
    const left: readonly unknown[] = JSON.parse(keyBefore.current)
    keyBefore.current = key
    void forgetLaterPages(queryClient, left)
  }, [queryClient, key])
  const items = useMemo((): readonly AppSummary[] => apps.data?.pages.flatMap((page) => page.data) ?? [], [apps.data])
  const followed = useDeferredValue(items)
  return {
    apps,
    items,
    drawn: followed.length === 0 ? items : followed,
    showMore: apps.hasNextPage ? () => void apps.fetchNextPage() : undefined,
  }
}

/** What is on its way would bring them back. */
async function forgetLaterPages(queryClient: QueryClient, queryKey: readonly unknown[]): Promise<void> {
  await queryClient.cancelQueries({ queryKey, exact: true })
  const updatedAt = queryClient.getQueryState(queryKey)?.dataUpdatedAt
  queryClient.setQueryData<InfiniteData<unknown>>(queryKey, firstPage, updatedAt === undefined ? {} : { updatedAt })
}

const firstPage = (list: InfiniteData<unknown> | undefined): InfiniteData<unknown> | undefined =>
  list && { pages: list.pages.slice(0, 1), pageParams: list.pageParams.slice(0, 1) }
