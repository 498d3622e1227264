import { consoleTriggerRoutes as routes } from '@trellis/contracts'
import { fromFlag } from '@trellis/db'
import type { AccountActor } from '../../http/actor.ts'
import type { Mount } from '../../http/mount.ts'
import { requestOrigin } from '../../http/request-origin.ts'
import type { WorkflowOwner } from '../workflows/index.ts'
import type { TriggerRow } from './triggers.repository.ts'
import type { TriggerService } from './triggers.service.ts'
import { webhookUrls } from './webhook-urls.ts'

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString()

const ownerOf = ({ tenantId, accountId }: AccountActor, params: { readonly app_id: string }): WorkflowOwner => ({
  tenantId,
  accountId,
  appId: params.app_id,
})

const present = (trigger: TriggerRow) => ({
  id: trigger.id,
  trigger_type: `trigger-${trigger.kind}` as const,
  title: trigger.title,
  node_id: trigger.node_id,
  // Of plugins alone.
  provider_name: '',
  icon: '',
  status: fromFlag(trigger.is_enabled) ? ('enabled' as const) : ('disabled' as const),
  created_at: iso(trigger.created_at),
  updated_at: iso(trigger.updated_at),
})

/** `/console/api`: what starts an app's runs by itself. */
export function mountTriggerRoutes(
  mount: Mount,
  { service, baseUrl }: { readonly service: TriggerService; readonly baseUrl: string | undefined },
): void {
  mount(routes.listTriggers).to(async ({ actor, params }) => ({ data: (await service.list(actor.tenantId, params.app_id)).map(present) }))
  mount(routes.switchTrigger).to(async ({ actor, params, body }) =>
    present(await service.setEnabled(ownerOf(actor, params), body.trigger_id, body.enable_trigger)),
  )
  mount(routes.getWebhook).to(async ({ actor, params, query, request }) => {
    const trigger = await service.getWebhook(ownerOf(actor, params), query.node_id)
    const urls = webhookUrls(baseUrl ?? requestOrigin(request), trigger.token ?? '')
    return {
      id: trigger.id,
      webhook_id: trigger.token ?? '',
      webhook_url: urls.live,
      webhook_debug_url: urls.trial,
      node_id: trigger.node_id,
      created_at: iso(trigger.created_at),
    }
  })
}
