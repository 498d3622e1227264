import type {
  BodyInputOf,
  consoleAppFileRoutes,
  consoleWorkflowDraftRoutes,
  consoleWorkflowRunRoutes,
  NodeRun,
  ResponseOf,
  WorkflowEvent,
  WorkflowRunDetail,
} from '@trellis/contracts'
import type { HttpClient } from './http-client.ts'

export type WorkflowRunPage = ResponseOf<typeof consoleWorkflowRunRoutes.listWorkflowRuns>
export type WorkflowDraft = ResponseOf<typeof consoleWorkflowDraftRoutes.getWorkflowDraft>
export type AppImport = ResponseOf<typeof consoleAppFileRoutes.importApp>
export type AppImportInput = BodyInputOf<typeof consoleAppFileRoutes.importApp>
export type RunKind = 'debugging' | 'app-run'

export interface WorkflowsApi {
  draft(appId: string): Promise<WorkflowDraft>
  publish(appId: string): Promise<void>
  runDraft(appId: string, inputs: Readonly<Record<string, unknown>>, signal: AbortSignal): AsyncGenerator<WorkflowEvent, void, undefined>
  stop(appId: string, taskId: string): Promise<void>
  runs(appId: string, query: { readonly kind: RunKind; readonly lastId: string | undefined }): Promise<WorkflowRunPage>
  run(appId: string, runId: string): Promise<WorkflowRunDetail>
  nodes(appId: string, runId: string): Promise<readonly NodeRun[]>
  importApp(input: AppImportInput): Promise<AppImport>
  confirmImport(importId: string): Promise<AppImport>
  /** The app as a file's text. */
  exportApp(appId: string): Promise<string>
}

const PAGE_SIZE = 30

export function createWorkflowsApi(http: HttpClient): WorkflowsApi {
  return {
    draft: (appId) => http.get(`/apps/${appId}/workflows/draft`),
    publish: (appId) => http.post(`/apps/${appId}/workflows/publish`),
    runDraft: (appId, inputs, signal) => http.stream(`/apps/${appId}/workflows/draft/run`, { inputs, files: [] }, signal),
    stop: (appId, taskId) => http.post(`/apps/${appId}/workflow-runs/tasks/${taskId}/stop`),
    runs: (appId, { kind, lastId }) =>
      http.get(`/apps/${appId}/workflow-runs`, { query: { triggered_from: kind, last_id: lastId, limit: PAGE_SIZE } }),
    run: (appId, runId) => http.get(`/apps/${appId}/workflow-runs/${runId}`),
    nodes: async (appId, runId) =>
      (await http.get<{ data: readonly NodeRun[] }>(`/apps/${appId}/workflow-runs/${runId}/node-executions`)).data,
    importApp: (input) => http.post('/apps/imports', input),
    confirmImport: (importId) => http.post(`/apps/imports/${importId}/confirm`),
    exportApp: async (appId) => (await http.get<{ data: string }>(`/apps/${appId}/export`)).data,
  }
}
