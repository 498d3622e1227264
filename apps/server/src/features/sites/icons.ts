import { AppError } from '@trellis/contracts'
import type { AppsTable } from '@trellis/db'

/** Uploaded pictures, as far as icons need them. */
export interface IconFiles {
  /** Whether the workspace owns a file of this id that can be shown as a picture. */
  isPicture(tenantId: string, fileId: string): Promise<boolean>
  /** A signed address of the picture. */
  pictureUrl(fileId: string): string
}

export type Icon = Pick<AppsTable, 'icon_type' | 'icon' | 'icon_background'>

/** Refuses an icon that names a picture which the workspace does not have. @throws `invalid_param` */
export async function assertIcon(files: IconFiles, tenantId: string, { icon_type, icon }: Pick<Icon, 'icon_type' | 'icon'>): Promise<void> {
  if (icon_type !== 'image' || !icon) return
  if (await files.isPicture(tenantId, icon)) return
  throw new AppError('invalid_param', {
    message: 'icon: there is no uploaded picture of this id. Upload it first, and give the id of the answer.',
    param: 'icon',
    refusal: { reason: 'picture_gone', values: {} },
  })
}

export const iconUrl = (files: IconFiles, { icon_type, icon }: Pick<Icon, 'icon_type' | 'icon'>): string | null =>
  icon_type === 'image' && icon ? files.pictureUrl(icon) : null
