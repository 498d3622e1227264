import type { FileInput } from '@trellis/contracts'
import type { MessageFilesTable } from '@trellis/db'
import type { CatalogModel, ContentPart } from '@trellis/spec'
import type { BasicConfig } from './basic-config.ts'

/** A file that a caller attached, found and allowed. */
export type Attachment = Pick<MessageFilesTable, 'type' | 'transfer_method' | 'url' | 'upload_file_id'>

export interface FileOwner {
  readonly tenantId: string
  readonly endUserId: string | null
  readonly accountId: string | null
}

/** What turns need of files. */
export interface Attachments {
  /** @throws AppError `invalid_param` where the app takes no such file or it is not the caller's */
  resolve(owner: FileOwner, files: readonly FileInput[], config: BasicConfig): Promise<readonly Attachment[]>
  /** Files as parts of a prompt, as far as the model takes them; others are left out. */
  toParts(tenantId: string, attachments: readonly Attachment[], entry: CatalogModel, config: BasicConfig): Promise<readonly ContentPart[]>
  /** The same for earlier turns, by message. */
  loadParts(
    tenantId: string,
    messageIds: readonly string[],
    entry: CatalogModel,
    config: BasicConfig,
  ): Promise<ReadonlyMap<string, readonly ContentPart[]>>
}
