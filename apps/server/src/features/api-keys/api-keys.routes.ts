import { type ApiKey, consoleApiKeyRoutes as routes } from '@trellis/contracts'
import { toSeconds, toSecondsOrNull } from '../../http/compat/seconds.ts'
import type { Mount } from '../../http/mount.ts'
import type { ApiKeyRow } from './api-keys.repository.ts'
import type { ApiKeyService } from './api-keys.service.ts'

const presentKey = (key: ApiKeyRow, token = key.token_masked): ApiKey => ({
  id: key.id,
  type: key.type,
  token,
  last_used_at: toSecondsOrNull(key.last_used_at),
  created_at: toSeconds(key.created_at),
})

export function mountApiKeyRoutes(mount: Mount, keys: ApiKeyService): void {
  mount(routes.listAppApiKeys).to(async ({ actor, params }) => ({
    data: (await keys.list(actor.tenantId, params.app_id)).map((key) => presentKey(key)),
  }))
  mount(routes.createAppApiKey).to(async ({ actor, params }) => {
    const { key, token } = await keys.create(actor.tenantId, { appId: params.app_id, accountId: actor.accountId })
    return presentKey(key, token)
  })
  mount(routes.deleteAppApiKey).to(async ({ actor, params }) => {
    await keys.delete(actor.tenantId, { appId: params.app_id, keyId: params.key_id })
    return null
  })
}
