import { useQuery } from '@tanstack/react-query'
import { useApi } from '../../api/ApiProvider.tsx'
import { findOption, groupModels, type ModelOption } from './model-choices.ts'
import { modelsQuery } from './queries.ts'

/** What is known of a language model; undefined until it is known, and where the model cannot be used now. */
export function useModelOption(provider: string, model: string): ModelOption | undefined {
  const models = useQuery(modelsQuery(useApi(), 'llm'))
  return findOption(groupModels(models.data ?? []), provider, model)
}
