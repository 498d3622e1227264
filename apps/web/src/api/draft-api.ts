import type { DraftVariable, NodeRun, WorkflowEvent } from '@trellis/contracts'
import type { HttpClient } from './http-client.ts'
import type { ChatEvent } from './types/conversations.ts'

/** Parts of a draft, tried alone, and what trials left of variables. */
export interface DraftApi {
  /** Runs one node; `inputs` stand in for what it reads. A node that fails is answered all the same. */
  runNode(appId: string, nodeId: string, inputs: Readonly<Record<string, unknown>>): Promise<NodeRun>
  lastRun(appId: string, nodeId: string): Promise<NodeRun>
  runFrom(appId: string, start: StartAt, signal: AbortSignal): AsyncGenerator<WorkflowEvent, void, undefined>
  /** The same of a chatflow; the last question stands. */
  runChatFrom(appId: string, start: StartAt, signal: AbortSignal): AsyncGenerator<ChatEvent, void, undefined>
  nodeVariables(appId: string, nodeId: string): Promise<readonly DraftVariable[]>
  changeVariable(appId: string, variableId: string, value: unknown): Promise<void>
  resetVariable(appId: string, variableId: string): Promise<void>
}

export interface StartAt {
  readonly nodeId: string
  readonly inputs: Readonly<Record<string, unknown>>
}

export function createDraftApi(http: HttpClient): DraftApi {
  const draft = (appId: string) => `/apps/${appId}/workflows/draft`
  return {
    runNode: (appId, nodeId, inputs) => http.post(`${draft(appId)}/nodes/${nodeId}/run`, { inputs }),
    lastRun: (appId, nodeId) => http.get(`${draft(appId)}/nodes/${nodeId}/last-run`),
    runFrom: (appId, { nodeId, inputs }, signal) =>
      http.stream(`${draft(appId)}/run`, { inputs, files: [], start_node_id: nodeId }, signal),
    runChatFrom: (appId, { nodeId, inputs }, signal) =>
      http.stream(`/apps/${appId}/advanced-chat/workflows/draft/run`, { inputs, query: '', files: [], start_node_id: nodeId }, signal),
    nodeVariables: async (appId, nodeId) =>
      (await http.get<{ items: readonly DraftVariable[] }>(`${draft(appId)}/nodes/${nodeId}/variables`)).items,
    changeVariable: (appId, variableId, value) => http.patch(`${draft(appId)}/variables/${variableId}`, { value }),
    resetVariable: (appId, variableId) => http.put(`${draft(appId)}/variables/${variableId}/reset`),
  }
}
