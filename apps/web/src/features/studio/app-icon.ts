import type { AppSummary } from '../../api/types/apps.ts'

/** An emoji, or a picture. */
export interface ChosenIcon {
  readonly type: NonNullable<AppSummary['icon_type']>
  /** The emoji, the upload's id, or an address. */
  readonly icon: string
  /** Where the picture is shown from. */
  readonly url?: string | null
}

export const defaultIcon: ChosenIcon = { type: 'emoji', icon: '🤖' }

export const iconOf = ({ icon_type, icon, icon_url }: Pick<AppSummary, 'icon_type' | 'icon' | 'icon_url'>): ChosenIcon =>
  icon ? { type: icon_type ?? 'emoji', icon, url: icon_url } : defaultIcon
