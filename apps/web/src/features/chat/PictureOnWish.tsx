import { Image } from 'lucide-react'
import { type ReactNode, useContext, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { foreignHostOf, OwnPicturesOnly } from './picture-on-wish.ts'

export interface PictureOnWishProps {
  readonly address: string
  /** What it shows, in words. */
  readonly words: string
  readonly children: ReactNode
}

/** A picture; where strangers had a hand in, one of another server stands there once somebody wants to see it. */
export function PictureOnWish({ address, words, children }: PictureOnWishProps) {
  const { t } = useTranslation('chat')
  const own = useContext(OwnPicturesOnly)
  const [isWanted, setWanted] = useState(false)
  const host = own === null || isWanted ? undefined : foreignHostOf(address, own)
  if (host === undefined) return children
  return (
    <button
      type="button"
      onClick={(event) => {
        // It may stand within a link.
        event.preventDefault()
        setWanted(true)
      }}
      className="inline-flex max-w-full items-center align-middle gap-2 rounded-sm border border-dashed border-line-2 px-2.5 py-1.5 text-left text-s text-ink-2 hover:bg-surface-2 hover:text-ink"
    >
      <Image size={14} aria-hidden className="shrink-0 text-ink-3" />
      <span className="min-w-0">
        <span className="block wrap-anywhere">{t('picture', { host })}</span>
        {words !== '' && <span className="line-clamp-2 text-ink-3 wrap-anywhere">{words}</span>}
      </span>
    </button>
  )
}
