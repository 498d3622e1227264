import type { Db } from '@trellis/db'
import { type FileLinks, findUpload } from './features/files/index.ts'
import type { IconFiles } from './features/sites/index.ts'

/** Pictures as icons: what the slice of pages asks of the slice of files. */
export const iconFilesOf = (db: Db, links: FileLinks): IconFiles => ({
  isPicture: async (tenantId, fileId) => (await findUpload(db, tenantId, fileId))?.mime_type.startsWith('image/') ?? false,
  pictureUrl: (fileId) => links.signedUrl(fileId),
})
