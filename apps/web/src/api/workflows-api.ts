import type {
  BodyInputOf,
  consoleAppFileRoutes,
  consoleWorkflowDraftRoutes,
  consoleWorkflowRunRoutes,
  consoleWorkflowVersionRoutes,
  FailedNode,
  FileInput,
  NodeRun,
  ResponseOf,
  WorkflowEvent,
  WorkflowRunDetail,
} from '@trellis/contracts'
import type { HttpClient } from './http-client.ts'
import type { ChatEvent } from './types/conversations.ts'

export type WorkflowRunPage = ResponseOf<typeof consoleWorkflowRunRoutes.listWorkflowRuns>
export type WorkflowDraft = ResponseOf<typeof consoleWorkflowDraftRoutes.getWorkflowDraft>
export type WorkflowVersionPage = ResponseOf<typeof consoleWorkflowVersionRoutes.listWorkflowVersions>
export type WorkflowVersion = WorkflowVersionPage['items'][number]
export type AppNeeds = ResponseOf<typeof consoleAppFileRoutes.getDraftNeeds>
export type ModelBinding = BodyInputOf<typeof consoleAppFileRoutes.bindDraftModels>['bindings'][number]
export type AppImport = ResponseOf<typeof consoleAppFileRoutes.importApp>
export type AppImportInput = BodyInputOf<typeof consoleAppFileRoutes.importApp>
export type RunKind = 'debugging' | 'app-run'

/** What a paused run waits for, as far as the console shows it. */
export interface RunPause {
  readonly paused_nodes: readonly {
    readonly node_id: string
    readonly node_title: string
    /** The form's page; null where nobody may stand in for those who were asked. */
    readonly pause_type: { readonly backstage_input_url: string | null }
  }[]
}

/** Which graph of an app is tried. */
export interface Tried {
  readonly appId: string
  /** Undefined: the draft. */
  readonly versionId: string | undefined
}

export interface Question {
  readonly query: string
  readonly inputs: Readonly<Record<string, unknown>>
  readonly files: FileInput[]
  readonly conversationId: string | undefined
  readonly parentMessageId: string | undefined
}

export interface WorkflowsApi {
  draft(appId: string): Promise<WorkflowDraft>
  /** The draft has exactly these features from now on. */
  saveFeatures(appId: string, features: Readonly<Record<string, unknown>>): Promise<void>
  publish(appId: string): Promise<void>
  /** Tries the draft, or the version that is named. */
  tryOut(tried: Tried, inputs: Readonly<Record<string, unknown>>, signal: AbortSignal): AsyncGenerator<WorkflowEvent, void, undefined>
  tryChat(tried: Tried, question: Question, signal: AbortSignal): AsyncGenerator<ChatEvent, void, undefined>
  stop(appId: string, taskId: string): Promise<void>
  /** Goes on with a trial run that paused, from how far it is. */
  follow(runId: string, signal: AbortSignal): AsyncGenerator<WorkflowEvent, void, undefined>
  /** The same of a chatflow, whose frames are those of a chat too. */
  followChat(runId: string, signal: AbortSignal): AsyncGenerator<ChatEvent, void, undefined>
  pause(runId: string): Promise<RunPause>
  /** Answers a form that a run waits for. */
  answerForm(token: string, answer: { readonly inputs: Record<string, unknown>; readonly action: string }): Promise<void>
  runs(appId: string, query: { readonly kind: RunKind; readonly lastId: string | undefined }): Promise<WorkflowRunPage>
  run(appId: string, runId: string): Promise<WorkflowRunDetail>
  nodes(appId: string, runId: string): Promise<readonly NodeRun[]>
  /** The node from which a run that failed can be tried again. */
  failedNode(appId: string, runId: string): Promise<FailedNode>
  /** Tries a run again from the node that failed; `inputs` stand in for what it read. Frames of chatflows are those of a chat too. */
  retry(
    appId: string,
    runId: string,
    inputs: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): AsyncGenerator<WorkflowEvent | ChatEvent, void, undefined>
  versions(appId: string, page: number): Promise<WorkflowVersionPage>
  published(appId: string): Promise<WorkflowVersion | null>
  version(appId: string, versionId: string): Promise<WorkflowVersion>
  nameVersion(appId: string, versionId: string, marks: { readonly name: string; readonly comment: string }): Promise<void>
  restoreVersion(appId: string, versionId: string): Promise<void>
  deleteVersion(appId: string, versionId: string): Promise<void>
  /** What the nodes of a draft need beyond themselves. */
  needs(appId: string): Promise<AppNeeds>
  bindModels(appId: string, bindings: readonly ModelBinding[]): Promise<void>
  importApp(input: AppImportInput): Promise<AppImport>
  confirmImport(importId: string): Promise<AppImport>
  /** The app as a file's text. */
  exportApp(appId: string): Promise<string>
}

const PAGE_SIZE = 30
const FOLLOWING = { include_state_snapshot: true, continue_on_pause: true }

export function createWorkflowsApi(http: HttpClient): WorkflowsApi {
  return {
    draft: (appId) => http.get(`/apps/${appId}/workflows/draft`),
    saveFeatures: (appId, features) => http.post(`/apps/${appId}/workflows/draft/features`, { features }),
    publish: (appId) => http.post(`/apps/${appId}/workflows/publish`),
    tryOut: ({ appId, versionId = 'draft' }, inputs, signal) =>
      http.stream(`/apps/${appId}/workflows/${versionId}/run`, { inputs, files: [] }, signal),
    tryChat: ({ appId, versionId = 'draft' }, { query, inputs, files, conversationId, parentMessageId }, signal) =>
      http.stream(
        `/apps/${appId}/advanced-chat/workflows/${versionId}/run`,
        { query, inputs, files, conversation_id: conversationId, parent_message_id: parentMessageId },
        signal,
      ),
    stop: (appId, taskId) => http.post(`/apps/${appId}/workflow-runs/tasks/${taskId}/stop`),
    follow: (runId, signal) => http.streamFrom(`/workflow/${runId}/events`, FOLLOWING, signal),
    followChat: (runId, signal) => http.streamFrom(`/workflow/${runId}/events`, FOLLOWING, signal),
    pause: (runId) => http.get(`/workflow/${runId}/pause-details`),
    answerForm: (token, answer) => http.post(`/form/human_input/${token}`, answer),
    runs: (appId, { kind, lastId }) =>
      http.get(`/apps/${appId}/workflow-runs`, { query: { triggered_from: kind, last_id: lastId, limit: PAGE_SIZE } }),
    run: (appId, runId) => http.get(`/apps/${appId}/workflow-runs/${runId}`),
    nodes: async (appId, runId) =>
      (await http.get<{ data: readonly NodeRun[] }>(`/apps/${appId}/workflow-runs/${runId}/node-executions`)).data,
    failedNode: (appId, runId) => http.get(`/apps/${appId}/workflow-runs/${runId}/retry`),
    retry: (appId, runId, inputs, signal) => http.stream(`/apps/${appId}/workflow-runs/${runId}/retry`, { inputs }, signal),
    versions: (appId, page) => http.get(`/apps/${appId}/workflows`, { query: { page, limit: PAGE_SIZE } }),
    published: (appId) => http.get(`/apps/${appId}/workflows/publish`),
    version: (appId, versionId) => http.get(`/apps/${appId}/workflows/${versionId}`),
    nameVersion: (appId, versionId, { name, comment }) =>
      http.patch(`/apps/${appId}/workflows/${versionId}`, { marked_name: name, marked_comment: comment }),
    restoreVersion: (appId, versionId) => http.post(`/apps/${appId}/workflows/${versionId}/restore`),
    deleteVersion: (appId, versionId) => http.delete(`/apps/${appId}/workflows/${versionId}`),
    needs: (appId) => http.get(`/apps/${appId}/workflows/draft/requirements`),
    bindModels: (appId, bindings) => http.post(`/apps/${appId}/workflows/draft/bind-models`, { bindings }),
    importApp: (input) => http.post('/apps/imports', input),
    confirmImport: (importId) => http.post(`/apps/imports/${importId}/confirm`),
    exportApp: async (appId) => (await http.get<{ data: string }>(`/apps/${appId}/export`)).data,
  }
}
