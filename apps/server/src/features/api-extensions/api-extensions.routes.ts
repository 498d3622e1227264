import { consoleApiExtensionRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import type { ApiExtensionService } from './api-extensions.service.ts'

export function mountApiExtensionRoutes(mount: Mount, extensions: ApiExtensionService): void {
  mount(routes.listApiExtensions).to(async ({ actor }) => [...(await extensions.list(actor.tenantId))])
  mount(routes.createApiExtension).to(({ actor, body }) => extensions.create(actor, body))
  mount(routes.getApiExtension).to(({ actor, params }) => extensions.get(actor.tenantId, params.extension_id))
  mount(routes.updateApiExtension).to(({ actor, params, body }) => extensions.update(actor.tenantId, params.extension_id, body))
  mount(routes.deleteApiExtension).to(async ({ actor, params }) => {
    await extensions.delete(actor.tenantId, params.extension_id)
    return null
  })
  mount(routes.listApiExtensionUsers).to(async ({ actor, params }) => ({
    data: [...(await extensions.listUsers(actor.tenantId, params.extension_id))],
  }))
  // Dify reads these from its source tree; here nothing of the kind is.
  mount(routes.listCodeExtensions).to(async ({ query }) => ({ module: query.module, data: [] }))
}
