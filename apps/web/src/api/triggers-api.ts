import type { consoleTriggerRoutes, ResponseOf } from '@trellis/contracts'
import type { HttpClient } from './http-client.ts'

export type Trigger = ResponseOf<typeof consoleTriggerRoutes.switchTrigger>
export type Webhook = ResponseOf<typeof consoleTriggerRoutes.getWebhook>

/** What starts runs of a workflow by itself. */
export interface TriggersApi {
  /** Of the published version. */
  list(appId: string): Promise<readonly Trigger[]>
  setEnabled(appId: string, triggerId: string, isEnabled: boolean): Promise<void>
  /** The addresses of a webhook node of the draft. */
  webhook(appId: string, nodeId: string): Promise<Webhook>
}

export function createTriggersApi(http: HttpClient): TriggersApi {
  return {
    list: async (appId) => (await http.get<{ data: readonly Trigger[] }>(`/apps/${appId}/triggers`)).data,
    setEnabled: (appId, triggerId, isEnabled) =>
      http.post(`/apps/${appId}/trigger-enable`, { trigger_id: triggerId, enable_trigger: isEnabled }),
    webhook: (appId, nodeId) => http.get(`/apps/${appId}/workflows/triggers/webhook`, { query: { node_id: nodeId } }),
  }
}
