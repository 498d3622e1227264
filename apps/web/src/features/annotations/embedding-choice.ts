import type { ProviderModels } from '../../api/types/models.ts'
import { isDemo } from '../models/model-choices.ts'

export interface ChosenModel {
  readonly provider: string
  readonly model: string
}

/** The first model that can be called; the demo's, which goes by words, where there is no other. */
export function firstEmbedding(offered: readonly ProviderModels[]): ChosenModel | null {
  const usable = offered.flatMap(({ provider, models }) => {
    const model = models.find(({ status }) => status === 'active')
    return model ? [{ provider, model: model.model }] : []
  })
  return usable.find(canTellMeaning) ?? usable[0] ?? null
}

/** Whether it finds what means the same in other words. */
export const canTellMeaning = (model: ChosenModel | null): boolean => model !== null && !isDemo(model.provider)
