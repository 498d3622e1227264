import type { ModelChoice } from '../../api/types/apps.ts'
import type { ModelEntry, ProviderModels } from '../../api/types/models.ts'

/** One model in the picker. */
export interface ModelOption {
  /** `provider` and model in one string. */
  readonly id: string
  readonly provider: ProviderModels
  readonly model: ModelEntry
}

export interface ModelGroup {
  readonly provider: ProviderModels
  readonly items: readonly ModelOption[]
}

function optionId(provider: string, model: string): string {
  return `${provider}\n${model}`
}

/** What can be chosen now, by provider; providers with nothing to choose are left out. */
export function groupModels(providers: readonly ProviderModels[]): ModelGroup[] {
  return providers
    .map((provider) => ({
      provider,
      items: provider.models
        .filter((model) => model.status === 'active' && !model.deprecated)
        .map((model) => ({ id: optionId(provider.provider, model.model), provider, model })),
    }))
    .filter((group) => group.items.length > 0)
}

/** A provider is named in full (`langgenius/openai/openai`) or by its last part. */
export function isSameProvider(left: string, right: string): boolean {
  const last = (name: string) => name.split('/').at(-1)
  return left === right || ((!left.includes('/') || !right.includes('/')) && last(left) === last(right))
}

/** The provider that comes along and is no AI: it stands in until there is another. */
export const isDemo = (provider: string): boolean => isSameProvider(provider, 'trellis/demo/demo')

export function findOption(groups: readonly ModelGroup[], provider: string, model: string): ModelOption | undefined {
  return groups
    .flatMap((group) => group.items)
    .find((option) => option.model.model === model && isSameProvider(option.provider.provider, provider))
}

/** `128K`, of tokens. */
export function formatContext(tokens: number | undefined): string | undefined {
  if (tokens === undefined || tokens <= 0) return undefined
  return tokens >= 1_000_000 ? `${Math.round(tokens / 100_000) / 10}M` : `${Math.round(tokens / 1000)}K`
}

/** The model's own mode, which a configuration carries along. */
export function modeOf(model: ModelEntry): string {
  const mode = model.model_properties['mode']
  return typeof mode === 'string' ? mode : 'chat'
}

/** An app's choice of it. Another model has other parameters: none of the old ones may go along unseen. */
export function toChoice({ provider, model }: ModelOption): ModelChoice {
  return { provider: provider.provider, name: model.model, mode: modeOf(model), completion_params: {} }
}

/** Tokens that fit into the model; absent where its provider does not say. */
export function contextSizeOf(model: ModelEntry): number | undefined {
  const size = model.model_properties['context_size']
  return typeof size === 'number' ? size : undefined
}
