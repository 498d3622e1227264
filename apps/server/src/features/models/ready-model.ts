import { AppError } from '@trellis/contracts'
import type { Credentials, ModelType } from '@trellis/spec'
import type { WorkspaceModel, WorkspaceModels } from './workspace-models.ts'

/** A model that can be called now. */
export type ReadyModel = WorkspaceModel & { readonly credentials: Credentials }

/** @throws AppError `model_currently_not_support`, `provider_not_initialize` */
export function assertReady(
  found: WorkspaceModel | undefined,
  { provider, model }: { readonly provider: string; readonly model: string },
): ReadyModel {
  if (model === '') throw new AppError('model_currently_not_support', { message: 'No model is chosen here. Choose one.' })
  if (!found) {
    throw new AppError('model_currently_not_support', {
      message: `The provider ${provider} offers no model ${model} here. Choose another model, or add this one in Settings → Model providers.`,
    })
  }
  const { credentials } = found
  if (!credentials) {
    throw new AppError('provider_not_initialize', {
      message: `The model provider ${found.provider.label.en_US} has no credentials yet. Add them in Settings → Model providers.`,
    })
  }
  if (!found.isEnabled) {
    throw new AppError('model_currently_not_support', { message: `The model ${model} is switched off in this workspace.` })
  }
  return { ...found, credentials }
}

/**
 * The workspace's choice while it can be called, or else the first model that can. What needs no key comes last, so that the demo
 * stands in only while nobody has set up anything else.
 */
export function findDefault(models: WorkspaceModels, type: ModelType): ReadyModel | undefined {
  const chosen = models.defaults.find((row) => row.model_type === type)
  const current = models.list(type).filter(({ entry }) => !entry.isDeprecated)
  const isKeyless = ({ provider }: WorkspaceModel): boolean => provider.isKeyless === true
  const candidates = [
    chosen && models.find({ ...chosen, type }),
    ...current.filter((model) => !isKeyless(model)),
    ...current.filter(isKeyless),
  ]
  for (const candidate of candidates) {
    if (candidate?.credentials && candidate.isEnabled) return { ...candidate, credentials: candidate.credentials }
  }
  return undefined
}
