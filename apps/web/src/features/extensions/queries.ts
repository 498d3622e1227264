import { queryOptions } from '@tanstack/react-query'
import type { ConsoleApi } from '../../api/console-api.ts'

export const extensionsQuery = (api: ConsoleApi) => queryOptions({ queryKey: ['extensions'], queryFn: () => api.extensions.list() })
