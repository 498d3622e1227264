import { queryOptions } from '@tanstack/react-query'
import type { ConsoleApi } from '../../api/console-api.ts'

export const profileQuery = (api: ConsoleApi) =>
  queryOptions({ queryKey: ['profile'], queryFn: () => api.account.profile(), staleTime: 300_000 })

export const workspaceQuery = (api: ConsoleApi) =>
  queryOptions({ queryKey: ['workspace'], queryFn: () => api.account.workspace(), staleTime: 300_000 })

export const setupQuery = (api: ConsoleApi) => queryOptions({ queryKey: ['setup'], queryFn: () => api.account.setupStatus(), staleTime: 0 })
