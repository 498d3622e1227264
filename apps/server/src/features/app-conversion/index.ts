import { consoleAppConversionRoutes as routes } from '@trellis/contracts'
import type { Mount } from '../../http/mount.ts'
import { type ConversionDependencies, convertToWorkflow } from './conversion.service.ts'

/** Basic apps as graphs. */
export interface AppConversion {
  mountRoutes(mount: Mount): void
}

export const createAppConversion = (dependencies: ConversionDependencies): AppConversion => ({
  mountRoutes(mount) {
    mount(routes.convertToWorkflow).to(async ({ actor: { tenantId, accountId, language }, params, body }) => {
      const { name, icon_type, icon, icon_background } = body
      const look = {
        name: name ?? undefined,
        icon_type: icon_type ?? undefined,
        icon: icon ?? undefined,
        icon_background: icon_background ?? undefined,
      }
      const app = await convertToWorkflow(dependencies, { tenantId, accountId, language, appId: params.app_id, look })
      return { new_app_id: app.id, permission_keys: [] }
    })
  },
})
