import type { HttpClient } from './http-client.ts'

/** What starts runs by itself, as far as the console shows it. */
export interface Trigger {
  readonly id: string
  readonly node_id: string
  readonly title: string
  readonly trigger_type: 'trigger-webhook' | 'trigger-schedule' | 'trigger-plugin'
  readonly status: 'enabled' | 'disabled' | 'unauthorized' | 'rate_limited'
}

export interface Webhook {
  readonly webhook_url: string
  /** Starts the draft while somebody tries it. */
  readonly webhook_debug_url: string
}

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
