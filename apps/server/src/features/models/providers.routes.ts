import { AppError, consoleModelProviderRoutes as routes } from '@trellis/contracts'
import { providers } from '@trellis/models'
import { handled, type Mount } from '../../http/mount.ts'
import type { CredentialRests } from './credential-rests.ts'
import { type CredentialService, resultOf } from './credentials.service.ts'
import { presentProvider } from './present-model.ts'
import { toPresentationContext } from './presentation-context.ts'
import { sendProviderIcon } from './provider-icon.ts'
import { getProvider } from './provider-lookup.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'

export interface ProviderRouteDependencies {
  readonly store: WorkspaceModelStore
  readonly credentials: CredentialService
  readonly rests: CredentialRests
  readonly consoleApiUrl: string
}

const OK = { result: 'success' } as const

export function mountProviderRoutes(mount: Mount, { store, credentials, rests, consoleApiUrl }: ProviderRouteDependencies): void {
  mount(routes.listModelProviders).to(async ({ actor, query: { model_type } }) => {
    const models = await store.read(actor.tenantId)
    const wanted = providers.filter((provider) => !model_type || provider.modelTypes.includes(model_type))
    const context = toPresentationContext(actor, consoleApiUrl)
    return { data: wanted.map((provider) => presentProvider(provider, { models, rests, context })) }
  })
  mount(routes.getProviderIcon).to(async ({ params, reply }) => {
    await sendProviderIcon(reply, getProvider(params.provider), params.icon_type)
    return handled
  })
  mount(routes.choosePreferredProviderType).to(async ({ params, body }) => {
    const { label } = getProvider(params.provider)
    if (body.preferred_provider_type === 'custom') return OK
    const message = `This installation has no credentials of its own for ${label.en_US}. Use your own (custom).`
    throw new AppError('invalid_param', { param: 'preferred_provider_type', message })
  })
  mountCredentialRoutes(mount, credentials)
}

function mountCredentialRoutes(mount: Mount, credentials: CredentialService): void {
  mount(routes.getProviderCredentials).to(async ({ actor, params, query }) => ({
    credentials: (await credentials.findMasked(actor.tenantId, params.provider, query.credential_id)) ?? null,
  }))
  mount(routes.createProviderCredentials).to(async ({ actor, params, body }) => {
    await credentials.create(actor.tenantId, params.provider, body)
    return OK
  })
  mount(routes.updateProviderCredentials).to(async ({ actor, params, body: { credential_id: id, ...change } }) => {
    await credentials.update(actor.tenantId, params.provider, { id, ...change })
    return OK
  })
  mount(routes.deleteProviderCredentials).to(async ({ actor, params, body }) => {
    await credentials.delete(actor.tenantId, params.provider, body.credential_id)
    return null
  })
  mount(routes.switchProviderCredentials).to(async ({ actor, params, body }) => {
    await credentials.use(actor.tenantId, params.provider, body.credential_id)
    return OK
  })
  mount(routes.shareLoadOfProviderCredentials).to(async ({ actor, params, body }) => {
    await credentials.shareLoad(actor.tenantId, params.provider, body.credential_id, body.enabled)
    return OK
  })
  mount(routes.validateProviderCredentials).to(({ actor, params, body }) =>
    resultOf(credentials.validate(actor.tenantId, params.provider, body.credentials)),
  )
}
