import { consoleModelCredentialRoutes as routes } from '@trellis/contracts'
import type { Clock } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import type { CredentialRests } from './credential-rests.ts'
import { resultOf } from './credentials.service.ts'
import type { CustomModelService } from './custom-models.service.ts'
import { currentOf } from './key-pools.ts'
import { maskCredentials } from './mask-secrets.ts'
import { presentLoadBalancing } from './present-load-balancing.ts'
import { getProvider, toModelName } from './provider-lookup.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'

export interface ModelCredentialRouteDependencies {
  readonly store: WorkspaceModelStore
  readonly customModels: CustomModelService
  readonly rests: CredentialRests
  readonly clock: Clock
}

const OK = { result: 'success' } as const

export function mountModelCredentialRoutes(mount: Mount, { store, customModels, rests, clock }: ModelCredentialRouteDependencies): void {
  mount(routes.getModelCredentials).to(async ({ actor, params, query }) => {
    const provider = getProvider(params.provider)
    const models = await store.read(actor.tenantId)
    const own = models.findCustom({ provider: provider.id, model: query.model, type: query.model_type })
    if (own) {
      const { credential_id: id } = query
      const credentials = await customModels.findCredentials(actor.tenantId, toModelName(params, query), id)
      const shown = own.keys.find((key) => key.id === id) ?? own.current
      return {
        credentials: maskCredentials(provider.modelCredentialFields, credentials ?? {}),
        current_credential_id: shown.id,
        current_credential_name: shown.credential_name,
        load_balancing: presentLoadBalancing(own, rests, clock.now()),
        available_credentials: own.keys.map((key) => ({ credential_id: key.id, credential_name: key.credential_name })),
      }
    }
    // A model of the catalogue has the credentials of its provider.
    const sets = models.credentialSets.filter((row) => row.provider === provider.id)
    const current = currentOf(sets)
    return {
      credentials: null,
      current_credential_id: current?.id ?? null,
      current_credential_name: current?.name ?? null,
      available_credentials: sets.map((row) => ({ credential_id: row.id, credential_name: row.name })),
    }
  })
  mountModelKeyChanges(mount, customModels)
}

function mountModelKeyChanges(mount: Mount, customModels: CustomModelService): void {
  mount(routes.createModelCredentials).to(async ({ actor, params, body }) => {
    const { isNew } = await customModels.addKey(actor.tenantId, toModelName(params, body), body)
    return { ...OK, is_new_model: isNew }
  })
  mount(routes.updateModelCredentials).to(async ({ actor, params, body }) => {
    await customModels.updateKey(actor.tenantId, toModelName(params, body), { ...body, id: body.credential_id })
    return OK
  })
  mount(routes.deleteModelCredentials).to(async ({ actor, params, body }) => {
    await customModels.removeKey(actor.tenantId, toModelName(params, body), body.credential_id)
    return null
  })
  mount(routes.switchModelCredentials).to(async ({ actor, params, body }) => {
    await customModels.useKey(actor.tenantId, toModelName(params, body), body.credential_id)
    return OK
  })
  mount(routes.shareLoadOfModelCredentials).to(async ({ actor, params, body }) => {
    await customModels.shareLoad(actor.tenantId, toModelName(params, body), body.credential_id, body.enabled)
    return OK
  })
  mount(routes.validateBalancedCredentials).to(({ actor, params, body }) =>
    resultOf(customModels.validate(actor.tenantId, toModelName(params, body), body.credentials)),
  )
  mount(routes.validateBalancedCredentialsAgain).to(({ actor, params, body }) =>
    resultOf(customModels.validate(actor.tenantId, toModelName(params, body), body.credentials, params.config_id)),
  )
  mount(routes.validateModelCredentials).to(({ actor, params, body }) =>
    resultOf(customModels.validate(actor.tenantId, toModelName(params, body), body.credentials)),
  )
}
