import type { Db } from '@trellis/db'
import { firstIdAt } from '@trellis/kit'
import type { Clock, Logger, Storage } from '@trellis/spec'
import { deleteUploads, listAttachedUploads, listUploadsBefore } from './files.repository.ts'
import { findRunFiles } from './run-files.repository.ts'

/** Those of the files that a part of the product still needs. */
export type FindFilesInUse = (db: Db, fileIds: readonly string[]) => Promise<readonly string[]>

export interface FileRetentionDependencies {
  readonly db: Db
  readonly clock: Clock
  readonly logger: Logger
  readonly storage: Storage
  /** How long an upload may wait to be used; 0: for ever. */
  readonly retentionMs: number
  /** Whoever keeps ids of uploads, but for messages and runs: what none of them knows is deleted. */
  readonly findInUse: readonly FindFilesInUse[]
}

/** One after the other, each only asked about what those before it do not know: some must search through much text. */
async function findUnused({ db, findInUse }: FileRetentionDependencies, fileIds: readonly string[]): Promise<readonly string[]> {
  let unknown = fileIds
  for (const find of [listAttachedUploads, findRunFiles, ...findInUse]) {
    if (unknown.length === 0) break
    const inUse = new Set(await find(db, unknown))
    unknown = unknown.filter((id) => !inUse.has(id))
  }
  return unknown
}

const FILES_AT_ONCE = 100

/**
 * Deletes uploads that were never used, or whose messages are gone: the row first, so that nobody can begin to use what is
 * disappearing. A kill in between leaves bytes that nothing names, and no name without bytes. Stops between batches where it is told to.
 */
export async function deleteUnusedFiles(dependencies: FileRetentionDependencies, signal: AbortSignal): Promise<void> {
  const { db, clock, retentionMs, storage, logger } = dependencies
  if (retentionMs === 0) return
  const before = firstIdAt(clock.now() - retentionMs)
  let after = ''
  while (!signal.aborted) {
    const uploads = await listUploadsBefore(db, { after, before, limit: FILES_AT_ONCE })
    const last = uploads.at(-1)
    if (last === undefined) return
    const unusedIds = await findUnused(
      dependencies,
      uploads.map(({ id }) => id),
    )
    const unused = uploads.filter(({ id }) => unusedIds.includes(id))
    await deleteUploads(
      db,
      unused.map(({ id }) => id),
    )
    for (const { id, storage_key } of unused) {
      await storage
        .delete(storage_key)
        .catch((error: unknown) => logger.warn({ err: error, fileId: id, storageKey: storage_key }, 'The bytes of an unused file remain'))
    }
    after = last.id
  }
}
