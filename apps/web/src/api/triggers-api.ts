import type { consoleTriggerRoutes, ResponseOf, WorkflowEvent } from '@trellis/contracts'
import type { HttpClient } from './http-client.ts'
import { pause } from './pause.ts'

export type Trigger = ResponseOf<typeof consoleTriggerRoutes.switchTrigger>
export type Webhook = ResponseOf<typeof consoleTriggerRoutes.getWebhook>

/** What starts runs of a workflow by itself. */
export interface TriggersApi {
  /** Of the published version. */
  list(appId: string): Promise<readonly Trigger[]>
  setEnabled(appId: string, triggerId: string, isEnabled: boolean): Promise<void>
  /** The addresses of a webhook node of the draft. */
  webhook(appId: string, nodeId: string): Promise<Webhook>
  /** Waits for the next event of a trigger of the draft, and gives the run that it begins; a schedule's is there at once. */
  tryOne(appId: string, nodeId: string, signal: AbortSignal): AsyncGenerator<WorkflowEvent, void, undefined>
  /** Waits for whichever of them is first; schedules for their time. */
  tryAny(appId: string, nodeIds: readonly string[], signal: AbortSignal): AsyncGenerator<WorkflowEvent, void, undefined>
}

type Waiting = Extract<ResponseOf<typeof consoleTriggerRoutes.runDraftByTrigger>, { status: 'waiting' }>

export function createTriggersApi(http: HttpClient): TriggersApi {
  /** Who asks no more waits no more: there is nothing to cancel at the server. */
  async function* askUntilRun(path: string, body: unknown, signal: AbortSignal): AsyncGenerator<WorkflowEvent, void, undefined> {
    for (;;) {
      let retryInMs: number | undefined
      for await (const frame of http.stream<WorkflowEvent | Waiting>(path, body, signal)) {
        if ('status' in frame) retryInMs = frame.retry_in
        else yield frame
      }
      if (retryInMs === undefined) return
      await pause(retryInMs, signal)
    }
  }
  return {
    list: async (appId) => (await http.get<{ data: readonly Trigger[] }>(`/apps/${appId}/triggers`)).data,
    setEnabled: (appId, triggerId, isEnabled) =>
      http.post(`/apps/${appId}/trigger-enable`, { trigger_id: triggerId, enable_trigger: isEnabled }),
    webhook: (appId, nodeId) => http.get(`/apps/${appId}/workflows/triggers/webhook`, { query: { node_id: nodeId } }),
    tryOne: (appId, nodeId, signal) => askUntilRun(`/apps/${appId}/workflows/draft/trigger/run`, { node_id: nodeId }, signal),
    tryAny: (appId, nodeIds, signal) => askUntilRun(`/apps/${appId}/workflows/draft/trigger/run-all`, { node_ids: nodeIds }, signal),
  }
}
