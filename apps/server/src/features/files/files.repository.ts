import type { Db, MessageFilesTable, UploadFilesTable } from '@trellis/db'

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
