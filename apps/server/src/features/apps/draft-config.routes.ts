import { consoleDraftConfigRoutes as routes } from '@trellis/contracts'
import { toSeconds } from '../../http/compat/seconds.ts'
import type { Mount } from '../../http/mount.ts'
import type { AppConfigService, Draft } from './app-config.service.ts'

const presentDraft = ({ config, hash, updatedAt, hasUnpublishedChanges }: Draft) => ({
  model_config: config,
  hash,
  updated_at: toSeconds(updatedAt),
  has_unpublished_changes: hasUnpublishedChanges,
})

export function mountDraftConfigRoutes(mount: Mount, configs: AppConfigService): void {
  mount(routes.getDraftConfig).to(async ({ actor, params }) => presentDraft(await configs.getDraft(actor.tenantId, params.app_id)))
  mount(routes.saveDraftConfig).to(async ({ actor, params, body }) => {
    const owner = { tenantId: actor.tenantId, accountId: actor.accountId, appId: params.app_id }
    return presentDraft(await configs.saveDraft(owner, { config: body.model_config, hash: body.hash }))
  })
  mount(routes.discardDraftConfig).to(async ({ actor, params }) =>
    presentDraft(await configs.discardDraft({ tenantId: actor.tenantId, accountId: actor.accountId, appId: params.app_id })),
  )
}
