import type { ProviderModels } from '../../api/types/models.ts'
import { groupModels, isDemo, isSameProvider } from '../models/model-choices.ts'
import type { ColumnChoice } from './ModelColumn.tsx'

/** What columns begin with, in their order: the workspace's default model, then others to hold against it; what is no AI comes last. */
export function startingModels(standard: Named | undefined, offered: readonly ProviderModels[]): readonly ColumnChoice[] {
  const all = groupModels(offered)
    .flatMap((group) => group.items)
    .map(({ provider, model }) => ({ provider: provider.provider, model: model.model }))
  const others = all.filter(({ provider, model }) => !standard || model !== standard.model || !isSameProvider(provider, standard.provider))
  const isReal = ({ provider }: Named): boolean => !isDemo(provider)
  const ordered = [...(standard ? [standard] : []), ...others.filter(isReal), ...others.filter((other) => !isReal(other))]
  return ordered.map(({ provider, model }) => ({ provider, model, parameters: {} }))
}

type Named = Pick<ColumnChoice, 'provider' | 'model'>
