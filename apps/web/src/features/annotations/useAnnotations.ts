import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useApi } from '../../api/ApiProvider.tsx'
import { useApp } from '../app/app-context.ts'

export const PAGE_SIZE = 25

export function useAnnotationPage({ page, keyword }: { readonly page: number; readonly keyword: string }) {
  const api = useApi()
  const { app } = useApp()
  return useQuery({
    queryKey: ['annotations', app.id, 'list', page, keyword],
    queryFn: () => api.annotations.list(app.id, { page, limit: PAGE_SIZE, keyword: keyword || undefined }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}

/** Forgets what was read of the app's annotations, and what the log shows of them. */
export function useForgetAnnotations() {
  const queryClient = useQueryClient()
  const { app } = useApp()
  return () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: ['annotations', app.id] }),
      queryClient.invalidateQueries({ queryKey: ['logs', app.id] }),
    ])
}

export function useDeleteAnnotations() {
  const api = useApi()
  const { app } = useApp()
  const forget = useForgetAnnotations()
  return useMutation({
    mutationFn: (ids: readonly string[] | 'all') => api.annotations.remove(app.id, ids),
    onSettled: forget,
  })
}
