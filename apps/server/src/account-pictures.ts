import type { Db } from '@trellis/db'
import type { AccountPictures } from './features/accounts/index.ts'
import { type FileLinks, findUpload } from './features/files/index.ts'

const PICTURES = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif'])

/** Pictures of accounts: what the slice of accounts asks of the slice of files. */
export const accountPicturesOf = (db: Db, links: FileLinks): AccountPictures => ({
  async isOwnPicture({ tenantId, accountId }, fileId) {
    const upload = await findUpload(db, tenantId, fileId)
    return upload?.created_by_role === 'account' && upload.created_by === accountId && PICTURES.has(upload.mime_type)
  },
  pictureUrl: (fileId) => links.signedUrl(fileId),
})
