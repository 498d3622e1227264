import { Paperclip, X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton, Spinner } from '../../design/index.ts'
import type { Images } from './useImages.ts'

/** The pictures that go with the next message. */
export function ImageTray({ images }: { readonly images: Images }) {
  const { t } = useTranslation('published')
  if (images.picked.length === 0) return null
  return (
    <ul className="mb-2 flex flex-wrap gap-2 px-1 pt-0.5">
      {images.picked.map(({ key, name, url, uploadId }) => (
        <li key={key} className="relative">
          <img src={url} alt={name} className="size-14 rounded-sm border border-line object-cover" />
          {uploadId === undefined && (
            <span
              role="status"
              aria-label={t('uploadingImage', { name })}
              className="absolute inset-0 grid place-items-center rounded-sm bg-scrim text-surface"
            >
              <Spinner />
            </span>
          )}
          <button
            type="button"
            aria-label={t('removeImage', { name })}
            onClick={() => images.remove(key)}
            className="absolute -top-1.5 -right-1.5 grid size-5 place-items-center rounded-full border border-line-2 bg-surface text-ink-2 shadow-low hover:text-ink"
          >
            <X size={12} aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Opens the device's own choice of pictures. */
export function AttachButton({ images }: { readonly images: Images }) {
  const { t } = useTranslation('published')
  const input = useRef<HTMLInputElement>(null)
  if (!images.isOffered) return null
  return (
    <>
      <IconButton label={t('attach')} onClick={() => input.current?.click()}>
        <Paperclip size={16} aria-hidden />
      </IconButton>
      <input
        ref={input}
        type="file"
        accept="image/*"
        multiple
        hidden
        onChange={(event) => {
          images.add([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
