import { cx } from './cx.ts'

export interface AppIconProps {
  readonly iconType?: string | null | undefined
  /** An emoji, or the address of a picture. */
  readonly icon?: string | null | undefined
  readonly iconUrl?: string | null | undefined
  readonly size?: 's' | 'm' | 'l' | undefined
}

const sizes = { s: 'size-6 rounded-sm text-l', m: 'size-9 rounded-[9px] text-[18px]', l: 'size-12 rounded-md text-[26px]' }

export function AppIcon({ iconType, icon, iconUrl, size = 'm' }: AppIconProps) {
  const picture = iconType === 'image' || iconType === 'link' ? (iconUrl ?? icon) : null
  return (
    <span aria-hidden className={cx('grid shrink-0 place-items-center overflow-hidden bg-surface-2 leading-none', sizes[size])}>
      {picture ? <img src={picture} alt="" className="size-full object-cover" /> : icon || '🤖'}
    </span>
  )
}
