import { consoleModelCredentialRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import { resultOf } from './credentials.service.ts'
import type { CustomModelService } from './custom-models.service.ts'
import { getProvider, toModelName } from './provider-lookup.ts'
import type { WorkspaceModelStore } from './workspace-models.ts'

export interface ModelCredentialRouteDependencies {
  readonly store: WorkspaceModelStore
  readonly customModels: CustomModelService
}

const OK = { result: 'success' } as const

export function mountModelCredentialRoutes(mount: Mount, { store, customModels }: ModelCredentialRouteDependencies): void {
  mount(routes.getModelCredentials).to(async ({ actor, params, query }) => {
    const own = await customModels.findMasked(actor.tenantId, toModelName(params, query), query.credential_id)
    if (own) {
      return {
        credentials: own.credentials,
        current_credential_id: own.id,
        current_credential_name: own.name,
        available_credentials: [{ credential_id: own.id, credential_name: own.name }],
      }
    }
    // A model of the catalogue has the credentials of its provider.
    const { id: providerId } = getProvider(params.provider)
    const sets = (await store.read(actor.tenantId)).credentialSets.filter((row) => row.provider === providerId)
    const current = sets.find((row) => row.is_active === 1)
    return {
      credentials: null,
      current_credential_id: current?.id ?? null,
      current_credential_name: current?.name ?? null,
      available_credentials: sets.map((row) => ({ credential_id: row.id, credential_name: row.name })),
    }
  })
  mount(routes.createModelCredentials).to(async ({ actor, params, body }) => {
    await customModels.add(actor.tenantId, toModelName(params, body), body)
    return OK
  })
  mount(routes.updateModelCredentials).to(async ({ actor, params, body }) => {
    await customModels.update(actor.tenantId, toModelName(params, body), { ...body, id: body.credential_id })
    return OK
  })
  mount(routes.deleteModelCredentials).to(async ({ actor, params, body }) => {
    await customModels.remove(actor.tenantId, toModelName(params, body), body.credential_id)
    return null
  })
  mount(routes.switchModelCredentials).to(async ({ actor, params, body }) => {
    // A model has one set of credentials: the one in use.
    await customModels.assertAdded(actor.tenantId, toModelName(params, body), body.credential_id)
    return OK
  })
  mount(routes.validateModelCredentials).to(({ actor, params, body }) =>
    resultOf(customModels.validate(actor.tenantId, toModelName(params, body), body.credentials)),
  )
}
