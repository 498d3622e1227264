import type { Database, Db } from '@trellis/db'

type FilesOfRun = Pick<Database['run_files'], 'run_id' | 'tenant_id' | 'app_id'>

/** Keeps uploads for as long as there is a run that has to do with them. */
export async function keepRunFiles(db: Db, run: FilesOfRun, fileIds: readonly string[]): Promise<void> {
  if (fileIds.length === 0) return
  await db
    .insertInto('run_files')
    .values([...new Set(fileIds)].map((upload_file_id) => ({ ...run, upload_file_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Those of the files that a run has to do with. */
export async function findRunFiles(db: Db, fileIds: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('run_files').select('upload_file_id').distinct().where('upload_file_id', 'in', fileIds).execute()
  return rows.map(({ upload_file_id: id }) => id)
}
