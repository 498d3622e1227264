import { queryOptions } from '@tanstack/react-query'
import type { ConsoleApi } from '../../api/console-api.ts'

/** The shell asks once in five minutes, however many pages are opened meanwhile; pages about budgets ask anew. */
export const budgetsQuery = (api: ConsoleApi) =>
  queryOptions({ queryKey: ['budgets'], queryFn: () => api.usage.budgets(), staleTime: 300_000 })
