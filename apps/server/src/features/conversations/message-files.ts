import type { MessageFile } from '@trellis/contracts'
import type { Db, MessageFilesTable } from '@trellis/db'
import { type FileLinks, listMessageFiles, listUploads, type UploadRow } from '../files/index.ts'

/** The files of messages as callers see them, with addresses that open them for a while. */
export interface MessageFiles {
  /** By message; messages without files are left out. */
  load(tenantId: string, messageIds: readonly string[]): Promise<ReadonlyMap<string, MessageFile[]>>
}

export function createMessageFiles({ db, fileLinks }: { readonly db: Db; readonly fileLinks: FileLinks }): MessageFiles {
  return {
    async load(tenantId, messageIds) {
      const files = await listMessageFiles(db, tenantId, messageIds)
      const ids = [...new Set(files.flatMap((file) => file.upload_file_id ?? []))]
      const uploads = new Map((await listUploads(db, tenantId, ids)).map((upload) => [upload.id, upload]))
      const byMessage = Map.groupBy(files, (file) => file.message_id)
      const present = (file: MessageFilesTable): MessageFile => presentFile(file, uploads.get(file.upload_file_id ?? ''), fileLinks)
      return new Map([...byMessage].map(([messageId, own]) => [messageId, own.map(present)]))
    },
  }
}

function presentFile(file: MessageFilesTable, upload: UploadRow | undefined, fileLinks: FileLinks): MessageFile {
  return {
    id: file.id,
    filename: upload?.name ?? nameIn(file.url),
    type: file.type,
    url: upload ? fileLinks.signedUrl(upload.id) : file.url,
    mime_type: upload?.mime_type ?? null,
    size: upload?.size ?? null,
    transfer_method: file.transfer_method,
    belongs_to: file.belongs_to,
    upload_file_id: file.upload_file_id,
  }
}

/** The last part of an address's path, as written. */
const nameIn = (url: string | null): string => (url && URL.canParse(url) ? (new URL(url).pathname.split('/').at(-1) ?? '') : '')
