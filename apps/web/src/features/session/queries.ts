import { queryOptions } from '@tanstack/react-query'
import type { ConsoleApi } from '../../api/console-api.ts'

export const profileQuery = (api: ConsoleApi) =>
  queryOptions({ queryKey: ['profile'], queryFn: () => api.account.profile(), staleTime: 300_000 })

export const workspaceQuery = (api: ConsoleApi) =>
  queryOptions({ queryKey: ['workspace'], queryFn: () => api.account.workspace(), staleTime: 300_000 })

/** All workspaces of the account. */
export const workspacesQuery = (api: ConsoleApi) =>
  queryOptions({ queryKey: ['workspaces'], queryFn: () => api.team.workspaces(), staleTime: 300_000 })

/** What this installation offers; it changes with a restart. */
export const systemFeaturesQuery = (api: ConsoleApi) =>
  queryOptions({ queryKey: ['system-features'], queryFn: () => api.account.systemFeatures(), staleTime: Number.POSITIVE_INFINITY })

/** Asked where somebody sets up. */
export const initQuery = (api: ConsoleApi) =>
  queryOptions({ queryKey: ['init'], queryFn: () => api.account.needsInitPassword(), staleTime: 0 })

export const setupQuery = (api: ConsoleApi) => queryOptions({ queryKey: ['setup'], queryFn: () => api.account.setupStatus(), staleTime: 0 })
