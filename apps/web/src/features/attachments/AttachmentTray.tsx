import { Link2, Paperclip } from 'lucide-react'
import { Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../design/index.ts'
import { lazyPart } from '../../lazy-part.ts'
import { FileRow } from '../form/FileRow.tsx'
import { acceptOf } from '../form/file-rules.ts'
import type { Attachments } from './useAttachments.ts'

const AddressField = lazyPart(() => import('../form/AddressField.tsx').then((module) => ({ default: module.AddressField })))

/** The files that go with the next message. */
export function AttachmentTray({ attachments: { picked, remove, textOf } }: { readonly attachments: Attachments }) {
  if (picked.length === 0) return null
  return (
    <ul className="mb-2 flex flex-wrap gap-2 px-1 pt-0.5 text-m leading-normal *:max-w-64 *:has-[[role=alert]]:max-w-96">
      {picked.map((file) => (
        <FileRow key={file.key} file={file} onRemove={() => remove(file.key)} textOf={textOf} />
      ))}
    </ul>
  )
}

/** Opens the device's own choice of files, or asks for an address; whichever the app takes. */
export function AttachButtons({ attachments: { rules, picked, add, addAddress } }: { readonly attachments: Attachments }) {
  const { t } = useTranslation('chat')
  const input = useRef<HTMLInputElement>(null)
  const [isAddress, setAddress] = useState(false)
  if (!rules) return null
  if (isAddress) {
    return (
      <Suspense>
        <AddressField isOnly={false} isDisabled={false} onAdd={addAddress} onClose={() => setAddress(false)} />
      </Suspense>
    )
  }
  const isFull = picked.length >= rules.maxCount && rules.maxCount > 1
  return (
    <>
      {rules.methods.includes('local_file') && (
        <IconButton label={t('files.attach')} disabled={isFull} onClick={() => input.current?.click()}>
          <Paperclip size={16} aria-hidden />
        </IconButton>
      )}
      {rules.methods.includes('remote_url') && (
        <IconButton label={t('files.attachAddress')} disabled={isFull} onClick={() => setAddress(true)}>
          <Link2 size={16} aria-hidden />
        </IconButton>
      )}
      <input
        ref={input}
        type="file"
        accept={acceptOf(rules)}
        multiple={rules.maxCount > 1}
        hidden
        onChange={(event) => {
          add([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
