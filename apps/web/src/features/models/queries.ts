import { queryOptions } from '@tanstack/react-query'
import type { ConsoleApi } from '../../api/console-api.ts'
import type { ModelType } from '../../api/types/models.ts'

export const modelsQuery = (api: ConsoleApi, type: ModelType) =>
  queryOptions({ queryKey: ['models', 'by-type', type], queryFn: () => api.models.models(type), staleTime: 60_000 })

export const providersQuery = (api: ConsoleApi) =>
  queryOptions({ queryKey: ['models', 'providers'], queryFn: () => api.models.providers() })

export const modelsOfQuery = (api: ConsoleApi, provider: string) =>
  queryOptions({ queryKey: ['models', 'of-provider', provider], queryFn: () => api.models.modelsOf(provider) })

export const defaultModelQuery = (api: ConsoleApi, type: ModelType) =>
  queryOptions({ queryKey: ['models', 'default', type], queryFn: () => api.models.defaultModel(type) })

export const parameterRulesQuery = (api: ConsoleApi, provider: string, model: string) =>
  queryOptions({
    queryKey: ['models', 'rules', provider, model],
    queryFn: () => api.models.parameterRules(provider, model),
    staleTime: 300_000,
    enabled: model !== '',
  })
