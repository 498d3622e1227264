import { useMutation } from '@tanstack/react-query'
import { ImageUp } from 'lucide-react'
import { type ChangeEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useApi } from '../../api/ApiProvider.tsx'
import { useErrorText } from '../../api/useErrorText.ts'
import { AppIcon, buttonClass, Notice, Spinner } from '../../design/index.ts'
import type { ChosenIcon } from './app-icon.ts'
import { EmojiGrid } from './EmojiGrid.tsx'
import { IconButtonPopover } from './IconButtonPopover.tsx'

export interface IconPickerProps {
  readonly value: ChosenIcon
  readonly onValueChange: (icon: ChosenIcon) => void
}

/** An emoji of a small set, or a picture of one's own. */
export function IconPicker({ value, onValueChange }: IconPickerProps) {
  const [isOpen, setOpen] = useState(false)
  const choose = (icon: ChosenIcon) => {
    onValueChange(icon)
    setOpen(false)
  }
  return (
    <IconButtonPopover
      isOpen={isOpen}
      onOpenChange={setOpen}
      icon={<AppIcon iconType={value.type} icon={value.icon} iconUrl={value.url} size="s" />}
    >
      <EmojiGrid value={value.type === 'emoji' ? value.icon : null} onValueChange={(icon) => choose({ type: 'emoji', icon })} />
      <PictureUpload onUploaded={choose} />
    </IconButtonPopover>
  )
}

const PICTURES = 'image/png,image/jpeg,image/webp,image/gif'

function PictureUpload({ onUploaded }: { readonly onUploaded: (icon: ChosenIcon) => void }) {
  const { t } = useTranslation('studio')
  const api = useApi()
  const errorText = useErrorText()
  const id = useId()
  const upload = useMutation({
    mutationFn: async (file: File): Promise<ChosenIcon> => {
      // Renews the session where it has to be; the upload itself cannot.
      await api.files.limits()
      const icon = await api.files.upload(file, { signal: new AbortController().signal, onProgress: () => {} })
      return { type: 'image', icon, url: URL.createObjectURL(file) }
    },
    onSuccess: onUploaded,
  })
  const onChange = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    // The same file may be chosen again after a failure.
    event.target.value = ''
    if (file) upload.mutate(file)
  }
  return (
    <div className="mt-2.5 flex max-w-68 flex-col gap-2 border-t border-line pt-2.5">
      <input id={id} type="file" accept={PICTURES} className="peer sr-only" onChange={onChange} disabled={upload.isPending} />
      <label
        htmlFor={id}
        className={`${buttonClass()} w-full cursor-pointer gap-1.5 peer-focus-visible:outline-2 peer-focus-visible:outline-focus`}
      >
        {upload.isPending ? <Spinner /> : <ImageUp size={14} aria-hidden />}
        {t('create.picture')}
      </label>
      {upload.error && <Notice tone="bad">{errorText(upload.error)}</Notice>}
    </div>
  )
}
