import { queryOptions } from '@tanstack/react-query'
import type { ConsoleApi } from '../../../api/console-api.ts'

export const membersQuery = (api: ConsoleApi) => queryOptions({ queryKey: ['members'], queryFn: () => api.team.members() })
