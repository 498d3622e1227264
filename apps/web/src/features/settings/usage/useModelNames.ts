import { useQueries, useQuery } from '@tanstack/react-query'
import { useApi } from '../../../api/ApiProvider.tsx'
import type { Provider } from '../../../api/types/models.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import { isSameProvider } from '../../models/model-choices.ts'
import { modelsOfQuery, providersQuery } from '../../models/queries.ts'

/** How models are called and shown elsewhere; what is not known any more keeps the names that it was called by. */
export interface ModelNames {
  readonly providerOf: (provider: string) => Provider | undefined
  readonly providerName: (provider: string) => string
  readonly modelName: (provider: string, model: string) => string
  /** Whether it can be chosen now, and nobody knows its price. */
  readonly isUnpriced: (provider: string, model: string) => boolean
  /** Whether its form has a price to fill in. */
  readonly takesPrice: (provider: string, model: string) => boolean
}

/** Models that were added are asked for the price of their tokens; others have the price of the catalog, or none. */
const pricedByHand: ReadonlySet<string> = new Set(['llm', 'text-embedding', 'rerank'])

/** Of the models of these providers. */
export function useModelNames(used: readonly string[]): ModelNames {
  const api = useApi()
  const text = useLocalizedText()
  const { data: known = [] } = useQuery(providersQuery(api))
  const providerOf = (id: string) => known.find(({ provider }) => isSameProvider(provider, id))
  const providers = [...new Set(used.flatMap((id) => providerOf(id)?.provider ?? []))]
  const lists = useQueries({ queries: providers.map((provider) => ({ ...modelsOfQuery(api, provider), retry: false })) })
  const findModel = (id: string, model: string) =>
    lists[providers.indexOf(providerOf(id)?.provider ?? '')]?.data?.find((entry) => entry.model === model)
  return {
    providerOf,
    // Ids of providers name their plugin first.
    providerName: (id) => text(providerOf(id)?.label, id.split('/').at(-1)),
    modelName: (id, model) => text(findModel(id, model)?.label, model),
    isUnpriced: (id, model) => findModel(id, model)?.is_priced === false,
    takesPrice(id, model) {
      const found = findModel(id, model)
      return found?.fetch_from === 'customizable-model' && pricedByHand.has(found.model_type)
    },
  }
}
