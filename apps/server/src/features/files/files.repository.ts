import type { Database, Db, MessageFilesTable, UploadFilesTable } from '@trellis/db'
import type { ExpressionBuilder } from 'kysely'

export type UploadRow = UploadFilesTable

export const insertUpload = async (db: Db, row: UploadRow): Promise<void> => {
  await db.insertInto('upload_files').values(row).execute()
}

export const findUpload = (db: Db, tenantId: string, id: string): Promise<UploadRow | undefined> =>
  db.selectFrom('upload_files').selectAll().where('tenant_id', '=', tenantId).where('id', '=', id).executeTakeFirst()

/** For signed links, whose signature stands for the right to read. */
export const findUploadByLink = (db: Db, id: string): Promise<UploadRow | undefined> =>
  db.selectFrom('upload_files').selectAll().where('id', '=', id).executeTakeFirst()

export const listUploads = async (db: Db, tenantId: string, ids: readonly string[]): Promise<UploadRow[]> =>
  ids.length === 0 ? [] : db.selectFrom('upload_files').selectAll().where('tenant_id', '=', tenantId).where('id', 'in', ids).execute()

export interface UploadEditor {
  readonly tenantId: string
  readonly appId: string
  readonly accountId: string
}

type UploadWhere = ExpressionBuilder<Database, 'upload_files'>

const openTo = ({ eb, exists, selectFrom }: UploadWhere, { appId, accountId }: Pick<UploadEditor, 'appId' | 'accountId'>) => [
  eb('created_by', '=', accountId),
  exists(selectFrom('end_users').select('id').where('app_id', '=', appId).whereRef('id', '=', 'upload_files.created_by')),
  exists(selectFrom('human_input_forms').select('id').where('app_id', '=', appId).whereRef('id', '=', 'upload_files.created_by')),
  exists(selectFrom('message_files').select('id').where('app_id', '=', appId).whereRef('upload_file_id', '=', 'upload_files.id')),
]

/** What an editor of an app may use there: uploads of their own, and those of the app, which its users, its forms and messages brought. */
export const listUploadsOpenTo = async (
  db: Db,
  { tenantId, appId, accountId }: UploadEditor,
  ids: readonly string[],
): Promise<UploadRow[]> =>
  ids.length === 0
    ? []
    : db
        .selectFrom('upload_files')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('id', 'in', ids)
        .where((where) => where.or(openTo(where, { appId, accountId })))
        .execute()

export interface RunReader {
  readonly tenantId: string
  readonly appId: string
  readonly runId: string
  readonly userId: string
  /** An account tries out an app; whoever else runs it has what is theirs. */
  readonly isEditor: boolean
}

/** An upload that a run may read: of whoever runs it, of what it began with or was answered, and what its editor may use. */
export const findUploadOfRun = (
  db: Db,
  { tenantId, appId, runId, userId, isEditor }: RunReader,
  id: string,
): Promise<UploadRow | undefined> =>
  db
    .selectFrom('upload_files')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .where((where) =>
      where.or([
        where('created_by', '=', userId),
        where.exists(
          where.selectFrom('run_files').select('run_id').where('run_id', '=', runId).whereRef('upload_file_id', '=', 'upload_files.id'),
        ),
        ...(isEditor ? openTo(where, { appId, accountId: userId }) : []),
      ]),
    )
    .executeTakeFirst()

export const listMessageFiles = async (db: Db, tenantId: string, messageIds: readonly string[]): Promise<MessageFilesTable[]> =>
  messageIds.length === 0
    ? []
    : db
        .selectFrom('message_files')
        .selectAll()
        .where('tenant_id', '=', tenantId)
        .where('message_id', 'in', messageIds)
        .orderBy('position')
        .execute()

/** Whether a message of the app holds the file. */
export async function isFileOfApp(db: Db, appId: string, uploadFileId: string): Promise<boolean> {
  const row = await db
    .selectFrom('message_files')
    .select('id')
    .where('upload_file_id', '=', uploadFileId)
    .where('app_id', '=', appId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** Uploads of every workspace, by id. */
export const listUploadsBefore = (
  db: Db,
  range: { readonly after: string; readonly before: string; readonly limit: number },
): Promise<Pick<UploadRow, 'id' | 'storage_key'>[]> =>
  db
    .selectFrom('upload_files')
    .select(['id', 'storage_key'])
    .where('id', '>', range.after)
    .where('id', '<', range.before)
    .orderBy('id')
    .limit(range.limit)
    .execute()

/** Those of the files that a message holds. */
export async function listAttachedUploads(db: Db, ids: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('message_files').select('upload_file_id').distinct().where('upload_file_id', 'in', ids).execute()
  return rows.flatMap((row) => row.upload_file_id ?? [])
}

export const deleteUploads = async (db: Db, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await db.deleteFrom('upload_files').where('id', 'in', ids).execute()
}
