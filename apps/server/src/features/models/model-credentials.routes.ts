import { consoleModelCredentialRoutes as routes } from '@trellis/contracts'
import type { Clock } from '@trellis/spec'
import type { Mount } from '../../http/mount.ts'
import type { CredentialRests } from './credential-rests.ts'
import { resultOf } from './credentials.service.ts'
import type { CustomModelService } from './custom-models.service.ts'
import { currentOf } from './key-pools.ts'
import { maskCredentials } from './mask-secrets.ts'
import { type NamedKey, presentLoadBalancing, toNamedKey } from './present-keys.ts'
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
  const describeKeys = (keys: readonly NamedKey[], shown: NamedKey | undefined) => ({
    current_credential_id: shown?.id ?? null,
    current_credential_name: shown?.name ?? null,
    load_balancing: presentLoadBalancing(keys, rests, clock.now()),
    available_credentials: keys.map(({ id, name }) => ({ credential_id: id, credential_name: name })),
  })
  mount(routes.getModelCredentials).to(async ({ actor, params, query }) => {
    const { modelCredentialFields, id: providerId } = getProvider(params.provider)
    const own = await customModels.findKey(actor.tenantId, toModelName(params, query), query.credential_id)
    if (own) {
      return {
        credentials: maskCredentials(modelCredentialFields, own.credentials ?? {}),
        ...describeKeys(own.keys.map(toNamedKey), toNamedKey(own.shown)),
      }
    }
    // A model of the catalogue has the credentials of its provider.
    const sets = (await store.read(actor.tenantId)).credentialSets.filter((row) => row.provider === providerId)
    return { credentials: null, ...describeKeys(sets, currentOf(sets)) }
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
    await customModels.arrangeKeys(actor.tenantId, toModelName(params, body), { currentId: body.credential_id })
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
