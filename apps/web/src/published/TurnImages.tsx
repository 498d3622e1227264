import { useTranslation } from 'react-i18next'
import { cx } from '../design/index.ts'
import type { TurnImage } from './streamed-turn.ts'

export function TurnImages({ images, className }: { readonly images: readonly TurnImage[]; readonly className: string }) {
  const { t } = useTranslation('published')
  if (images.length === 0) return null
  return (
    <ul className={cx('flex flex-wrap gap-2', className)}>
      {images.map(({ id, name, url }) => (
        <li key={id}>
          <a href={url} target="_blank" rel="noopener noreferrer">
            <img src={url} alt={name || t('image')} className="max-h-50 max-w-60 rounded-md border border-line object-contain" />
          </a>
        </li>
      ))}
    </ul>
  )
}
