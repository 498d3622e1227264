import type { AppsTable, Db } from '@trellis/db'
import { newId } from '@trellis/kit'
import type { Dict } from '@trellis/values'
import type { WorkspaceSecrets } from '../secrets/index.ts'
import { checkFeatures } from './check-features.ts'
import { checkGraph } from './check-graph.ts'
import { newChatflowGraph, newFeatures, newWorkflowGraph } from './default-graph.ts'
import type { DefaultModel, WorkflowMode } from './workflow-apps.ts'
import { toColumns, type WorkflowDocument } from './workflow-document.ts'
import { createWorkflowSecrets, type WorkflowSecrets } from './workflow-secrets.ts'
import { readVariables } from './workflow-variables.ts'
import { DRAFT, findDraft, insertWorkflow, listReferences, type WorkflowReference } from './workflows.repository.ts'

/** What somebody wants to store: secrets are open, or placeholders of those that are stored. */
export interface WorkflowContent {
  readonly graph: Dict
  readonly features: Dict
  readonly environmentVariables: readonly Dict[]
  readonly conversationVariables: readonly Dict[]
  readonly extra: Dict
}

/** Puts the draft of a new app into the transaction that makes the app. */
export type InsertDraft = (db: Db, app: AppsTable) => Promise<void>

/** What apps need of their workflows: drafts that come into being with them, and what is shown of versions. */
export interface DraftStore {
  /** The draft that a new app of a mode begins with. */
  newDraft(mode: WorkflowMode, model: DefaultModel | undefined): InsertDraft
  /** The draft of another app of the workspace; undefined where it has none. Its secrets stay sealed. */
  copyOfDraft(tenantId: string, appId: string): Promise<InsertDraft | undefined>
  /** Checks and seals what a draft shall be. @throws AppError `invalid_param` naming what is wrong */
  prepare(tenantId: string, content: WorkflowContent, stored: readonly Dict[]): Promise<WorkflowDocument>
  /** Checks what was stored before, perhaps by a version that checked less. @throws AppError `invalid_param` naming what is wrong */
  check(document: WorkflowDocument): void
  /** What was prepared, as the draft of a new app. */
  toInsert(document: WorkflowDocument): InsertDraft
  /** Who made and changed versions, by their ids. */
  referencesOf(tenantId: string, workflowIds: readonly string[]): Promise<ReadonlyMap<string, WorkflowReference>>
}

export interface DraftStoreDependencies {
  readonly db: Db
  readonly secrets: WorkspaceSecrets
  /** Of one variable. */
  readonly maxVariableBytes: number
}

export function createDraftStore({ db, secrets, maxVariableBytes }: DraftStoreDependencies): DraftStore {
  const sealer: WorkflowSecrets = createWorkflowSecrets(secrets)
  return {
    newDraft: (mode, model) =>
      insertDraft(
        toColumns({
          graph: mode === 'workflow' ? newWorkflowGraph() : newChatflowGraph(model),
          features: newFeatures(),
          environmentVariables: [],
          conversationVariables: [],
          extra: {},
        }),
      ),
    async copyOfDraft(tenantId, appId) {
      const draft = await findDraft(db, tenantId, appId)
      if (!draft) return undefined
      const { graph, features, environment_variables, conversation_variables, extra, hash } = draft
      return insertDraft({ graph, features, environment_variables, conversation_variables, extra, hash })
    },
    check({ graph, features, conversationVariables }) {
      checkGraph(graph)
      checkFeatures(features)
      readVariables('conversation', conversationVariables, maxVariableBytes)
    },
    async prepare(tenantId, content, stored) {
      checkGraph(content.graph)
      checkFeatures(content.features)
      const conversationVariables = readVariables('conversation', content.conversationVariables, maxVariableBytes)
      const environmentVariables = readVariables('env', content.environmentVariables, maxVariableBytes)
      return { ...content, conversationVariables, environmentVariables: await sealer.sealAll(tenantId, environmentVariables, stored) }
    },
    toInsert: (document) => insertDraft(toColumns(document)),
    async referencesOf(tenantId, workflowIds) {
      return new Map((await listReferences(db, tenantId, workflowIds)).map((reference) => [reference.id, reference]))
    },
  }
}

export const insertDraft =
  (columns: ReturnType<typeof toColumns>): InsertDraft =>
  (db, { id, tenant_id, updated_by, updated_at }) =>
    insertWorkflow(db, {
      ...columns,
      id: newId(),
      tenant_id,
      app_id: id,
      version: DRAFT,
      marked_name: '',
      marked_comment: '',
      created_by: updated_by,
      created_at: updated_at,
      updated_by,
      updated_at,
    })
