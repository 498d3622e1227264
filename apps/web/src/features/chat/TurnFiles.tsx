import { Paperclip } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../../design/index.ts'
import { PictureOnWish } from './PictureOnWish.tsx'
import type { TurnFile } from './turn-file.ts'

/** Files beside a question or in an answer: pictures to be seen, others by their names. */
export function TurnFiles({ files, className }: { readonly files: readonly TurnFile[]; readonly className?: string }) {
  const { t } = useTranslation('chat')
  if (files.length === 0) return null
  return (
    <ul className={cx('flex flex-wrap gap-2', className)}>
      {files.map(({ id, name, url, type }) => (
        <li key={id}>
          {type === 'image' ? (
            <PictureOnWish address={url} words={name}>
              <a href={url} target="_blank" rel="noopener noreferrer">
                <img src={url} alt={name || t('files.image')} className="max-h-50 max-w-60 rounded-md border border-line object-contain" />
              </a>
            </PictureOnWish>
          ) : (
            <a href={url} target="_blank" rel="noopener noreferrer">
              <span className="flex h-8 max-w-60 items-center gap-2 rounded-sm border border-line px-2.5 text-m hover:bg-surface-2">
                <Paperclip size={13} aria-hidden className="shrink-0 text-ink-3" />
                <span className="truncate">{name || t('files.file')}</span>
              </span>
            </a>
          )}
        </li>
      ))}
    </ul>
  )
}
