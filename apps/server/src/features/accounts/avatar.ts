import { AppError } from '@trellis/contracts'
import type { Db } from '@trellis/db'
import type { AccountActor } from '../../http/actor.ts'

/** Uploaded pictures, as far as accounts need them. */
export interface AccountPictures {
  /** Whether the account itself uploaded a picture of this id into the workspace. */
  isOwnPicture(actor: Pick<AccountActor, 'accountId' | 'tenantId'>, fileId: string): Promise<boolean>
  /** A signed address of the picture. */
  pictureUrl(fileId: string): string
}

export const avatarUrl = (pictures: Pick<AccountPictures, 'pictureUrl'>, avatar: string | null): string | null =>
  avatar === null ? null : pictures.pictureUrl(avatar)

/** @throws AppError `invalid_param` */
export async function assertAvatar(pictures: AccountPictures, actor: AccountActor, fileId: string): Promise<void> {
  if (await pictures.isOwnPicture(actor, fileId)) return
  throw new AppError('invalid_param', {
    message: 'avatar: you have uploaded no picture (PNG, JPEG, WebP or GIF) of this id. Upload it first, and give the id of the answer.',
    param: 'avatar',
    refusal: { reason: 'picture_gone', values: {} },
  })
}

/** Those of the files that are the picture of an account. */
export async function findAvatars(db: Db, fileIds: readonly string[]): Promise<string[]> {
  const rows = await db.selectFrom('accounts').select('avatar').distinct().where('avatar', 'in', fileIds).execute()
  return rows.flatMap(({ avatar }) => avatar ?? [])
}
