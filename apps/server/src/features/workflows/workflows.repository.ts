import type { Db, WorkflowsTable } from '@trellis/db'

export type WorkflowRow = WorkflowsTable

/** The version of the one row of an app that changes. */
export const DRAFT = 'draft'

export const insertWorkflow = async (db: Db, row: WorkflowRow): Promise<void> => {
  await db.insertInto('workflows').values(row).execute()
}

export const findDraft = (db: Db, tenantId: string, appId: string): Promise<WorkflowRow | undefined> =>
  ofApp(db, tenantId, appId).selectAll().where('version', '=', DRAFT).executeTakeFirst()

/** The draft or a version. */
export const findWorkflow = (
  db: Db,
  tenantId: string,
  { appId, workflowId }: { readonly appId: string; readonly workflowId: string },
): Promise<WorkflowRow | undefined> => ofApp(db, tenantId, appId).selectAll().where('id', '=', workflowId).executeTakeFirst()

export type WorkflowReference = Pick<WorkflowRow, 'id' | 'created_by' | 'created_at' | 'updated_by' | 'updated_at'>

export const listReferences = async (db: Db, tenantId: string, ids: readonly string[]): Promise<WorkflowReference[]> =>
  ids.length === 0
    ? []
    : db
        .selectFrom('workflows')
        .select(['id', 'created_by', 'created_at', 'updated_by', 'updated_at'])
        .where('tenant_id', '=', tenantId)
        .where('id', 'in', ids)
        .execute()

export interface VersionFilter {
  /** Undefined: everybody's. */
  readonly createdBy: string | undefined
  readonly isNamed: boolean
  readonly offset: number
  readonly limit: number
}

/** Newest first. */
export const listVersions = (db: Db, tenantId: string, { appId, ...filter }: VersionFilter & { readonly appId: string }) => {
  let query = ofApp(db, tenantId, appId).selectAll().where('version', '!=', DRAFT)
  if (filter.createdBy !== undefined) query = query.where('created_by', '=', filter.createdBy)
  if (filter.isNamed) query = query.where('marked_name', '!=', '')
  return query.orderBy('created_at', 'desc').orderBy('version', 'desc').offset(filter.offset).limit(filter.limit).execute()
}

export async function hasVersion(db: Db, tenantId: string, { appId, version }: { readonly appId: string; readonly version: string }) {
  return (await ofApp(db, tenantId, appId).select('id').where('version', '=', version).executeTakeFirst()) !== undefined
}

export type WorkflowChange = Partial<Omit<WorkflowRow, 'id' | 'tenant_id' | 'app_id' | 'version'>>

/** Tells whether there was such a workflow; with `hash`, whether its graph was still the one that it names. */
export async function updateWorkflow(
  db: Db,
  tenantId: string,
  { workflowId, hash, change }: { readonly workflowId: string; readonly hash?: string; readonly change: WorkflowChange },
): Promise<boolean> {
  let query = db.updateTable('workflows').set(change).where('tenant_id', '=', tenantId).where('id', '=', workflowId)
  if (hash !== undefined) query = query.where('hash', '=', hash)
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}

export const deleteWorkflow = async (db: Db, tenantId: string, workflowId: string): Promise<void> => {
  await db.deleteFrom('workflows').where('tenant_id', '=', tenantId).where('id', '=', workflowId).execute()
}

const ofApp = (db: Db, tenantId: string, appId: string) =>
  db.selectFrom('workflows').where('tenant_id', '=', tenantId).where('app_id', '=', appId)

/** Those of the files that a graph names: as defaults of its inputs, above all. */
export async function findWorkflowFiles(db: Db, fileIds: readonly string[]): Promise<string[]> {
  if (fileIds.length === 0) return []
  const rows = await db
    .selectFrom('workflows')
    .select(['graph', 'features'])
    .where(({ or, eb }) => or(fileIds.flatMap((id) => [eb('graph', 'like', `%${id}%`), eb('features', 'like', `%${id}%`)])))
    .execute()
  return fileIds.filter((id) => rows.some(({ graph, features }) => graph.includes(id) || features.includes(id)))
}

export const deleteDraftVariables = async (db: Db, tenantId: string, appId: string): Promise<void> => {
  await db.deleteFrom('draft_variables').where('tenant_id', '=', tenantId).where('app_id', '=', appId).execute()
}
