import { queryOptions } from '@tanstack/react-query'
import type { ConsoleApi } from '../../api/console-api.ts'

export const appQuery = (api: ConsoleApi, id: string) => queryOptions({ queryKey: ['apps', id], queryFn: () => api.apps.get(id) })

/** Read once when the app is opened; from then on the draft store knows better. */
export const draftQuery = (api: ConsoleApi, id: string) =>
  queryOptions({ queryKey: ['draft', id], queryFn: () => api.apps.draft(id), staleTime: Number.POSITIVE_INFINITY, gcTime: 0 })
