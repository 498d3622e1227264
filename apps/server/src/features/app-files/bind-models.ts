import { type Dict, getKey, isDict } from '@trellis/values'
import { mapDicts } from './graph-walk.ts'

export interface ModelName {
  readonly provider: string
  readonly model: string
}

export interface ModelBinding {
  readonly from: ModelName
  readonly to: ModelName
}

/** Pairs of keys under which app files name a model. */
const pairs = [
  ['provider', 'name'],
  ['provider', 'model'],
  ['reranking_provider_name', 'reranking_model_name'],
  ['embedding_provider_name', 'embedding_model_name'],
] as const

/** A graph, or features, in which models are replaced by others; parameters stay. */
export function bindModels(document: Dict, bindings: readonly ModelBinding[]): Dict {
  const bound = mapDicts(document, (dict) => {
    for (const [providerKey, modelKey] of pairs) {
      const binding = bindings.find(
        ({ from }) =>
          getKey(dict, providerKey) === from.provider &&
          getKey(dict, modelKey) === from.model &&
          // What ranks or embeds may have no model; what answers may not.
          (from.provider !== '' || modelKey === 'name'),
      )
      if (binding) return { ...dict, [providerKey]: binding.to.provider, [modelKey]: binding.to.model }
    }
    return dict
  })
  // A dict stays one.
  return isDict(bound) ? bound : document
}
