import { AppError, consoleModelRoutes as routes } from '@trellis/contracts'
import { providers } from '@trellis/models'
import type { Mount } from '../../http/mount.ts'
import type { CredentialService } from './credentials.service.ts'
import type { CustomModelService } from './custom-models.service.ts'
import { readSharing } from './load-balancing-body.ts'
import type { ModelChoiceService } from './model-choices.service.ts'
import { presentModel, presentParameterRule, presentProviderReference, toStatus } from './present-model.ts'
import { toPresentationContext } from './presentation-context.ts'
import { getProvider, type ModelName, toModelName } from './provider-lookup.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'

export interface ModelRouteDependencies {
  readonly store: WorkspaceModelStore
  readonly choices: ModelChoiceService
  readonly customModels: CustomModelService
  readonly credentials: CredentialService
  readonly consoleApiUrl: string
}

const OK = { result: 'success' } as const

export function mountModelRoutes(mount: Mount, dependencies: ModelRouteDependencies): void {
  mountListRoutes(mount, dependencies)
  mountDefaultRoutes(mount, dependencies)
  mountChangeRoutes(mount, dependencies)
}

function mountListRoutes(mount: Mount, { store, consoleApiUrl }: ModelRouteDependencies): void {
  mount(routes.listModelsOfType).to(async ({ actor, params }) => {
    const models = await store.read(actor.tenantId)
    const context = toPresentationContext(actor, consoleApiUrl)
    const data = providers.flatMap((provider) => {
      const own = models.listOf(provider, params.model_type)
      // A provider of which nothing can be chosen is none to choose from.
      if (!own.some((model) => toStatus(model) === 'active')) return []
      return [{ ...presentProviderReference(provider, context), status: 'active', models: own.map(presentModel) }]
    })
    return { data }
  })
  mount(routes.listProviderModels).to(async ({ actor, params }) => {
    const provider = getProvider(params.provider)
    const models = await store.read(actor.tenantId)
    const reference = presentProviderReference(provider, toPresentationContext(actor, consoleApiUrl))
    const own = provider.modelTypes.flatMap((type) => models.listOf(provider, type))
    return { data: own.map((model) => ({ ...presentModel(model), provider: reference })) }
  })
  mount(routes.getModelParameterRules).to(async ({ actor, params, query }) => {
    const { label } = getProvider(params.provider)
    const found = (await store.read(actor.tenantId)).find({ ...params, model: query.model, type: 'llm' })
    if (!found) throw new AppError('not_found', { message: `${label.en_US} offers no model ${query.model} here.` })
    return { data: found.entry.parameterRules.map(presentParameterRule) }
  })
}

function mountDefaultRoutes(mount: Mount, { choices, consoleApiUrl }: ModelRouteDependencies): void {
  mount(routes.getDefaultModel).to(async ({ actor, query: { model_type } }) => {
    const found = await choices.findDefault(actor.tenantId, model_type)
    if (!found) return { data: null }
    const provider = presentProviderReference(found.provider, toPresentationContext(actor, consoleApiUrl))
    return { data: { model: found.entry.model, model_type, provider } }
  })
  mount(routes.setDefaultModels).to(async ({ actor, body }) => {
    const names = body.model_settings.flatMap(({ provider, model, model_type: type }): ModelName[] => {
      if (!provider && !model) return []
      if (provider && model) return [{ provider, model, type }]
      const message = `The default ${type} model needs both, provider and model.`
      throw new AppError('invalid_param', { param: 'model_settings', message, refusal: { reason: 'model_pair', values: {} } })
    })
    await choices.setDefaults(actor.tenantId, names)
    return OK
  })
}

function mountChangeRoutes(mount: Mount, { store, choices, customModels, credentials }: ModelRouteDependencies): void {
  mount(routes.addProviderModel).to(async ({ actor, params, body }) => {
    // What makes a model one's own are its credentials, which came first (`models/credentials`): this confirms it, and chooses among them.
    const name = toModelName(params, body)
    const sharingIds = body.load_balancing ? readSharing(body.load_balancing) : undefined
    const found = (await store.read(actor.tenantId)).find(name)
    // A model of the catalogue is called by its provider's keys, which share the load of all its models.
    if (sharingIds && found?.isCustom === false) await credentials.setSharing(actor.tenantId, params.provider, sharingIds)
    else await customModels.arrangeKeys(actor.tenantId, name, { currentId: body.credential_id || undefined, sharingIds })
    return OK
  })
  mount(routes.removeProviderModel).to(async ({ actor, params, body }) => {
    await customModels.remove(actor.tenantId, toModelName(params, body))
    return null
  })
  mount(routes.enableModel).to(async ({ actor, params, body }) => {
    await choices.setEnabled(actor.tenantId, toModelName(params, body), true)
    return OK
  })
  mount(routes.disableModel).to(async ({ actor, params, body }) => {
    await choices.setEnabled(actor.tenantId, toModelName(params, body), false)
    return OK
  })
}
