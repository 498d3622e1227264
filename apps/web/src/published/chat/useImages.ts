import type { FileInput } from '@trellis/contracts'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useToast } from '../../design/index.ts'
import { usePublishedApp } from '../published-app.ts'
import type { TurnImage } from '../streamed-turn.ts'
import { useVisitorErrorText } from '../useVisitorErrorText.ts'
import { readImageRules } from './image-rules.ts'

export interface PickedImage {
  readonly key: string
  readonly name: string
  /** Of the picture on this device. */
  readonly url: string
  /** Absent while it is being uploaded. */
  readonly uploadId?: string
}

export interface Images {
  /** The app takes pictures. */
  readonly isOffered: boolean
  readonly picked: readonly PickedImage[]
  readonly isUploading: boolean
  readonly add: (files: readonly File[]) => void
  readonly remove: (key: string) => void
  /** Hands over what was picked and begins anew. */
  readonly take: () => { readonly files: FileInput[]; readonly images: readonly TurnImage[] }
}

const BYTES_PER_MEGABYTE = 1024 * 1024

/** Pictures beside the next message: uploaded as soon as they are picked. */
export function useImages(): Images {
  const { t } = useTranslation('published')
  const { api, parameters } = usePublishedApp()
  const rules = useMemo(() => readImageRules(parameters), [parameters])
  const toast = useToast()
  const errorText = useVisitorErrorText()
  const [picked, setPicked] = useState<readonly PickedImage[]>([])
  const uploads = useRef(new Map<string, AbortController>())
  useEffect(() => {
    const { current } = uploads
    return () => {
      for (const upload of current.values()) upload.abort()
    }
  }, [])

  const remove = (key: string) => {
    uploads.current.get(key)?.abort()
    setPicked((images) => images.filter((image) => image.key !== key))
  }
  const upload = async (key: string, file: File) => {
    const controller = new AbortController()
    uploads.current.set(key, controller)
    try {
      const { id } = await api.upload(file, { signal: controller.signal, onProgress: () => undefined })
      setPicked((images) => images.map((image) => (image.key === key ? { ...image, uploadId: id } : image)))
    } catch (error) {
      if (controller.signal.aborted) return
      remove(key)
      toast.error(t('uploadFailed', { name: file.name }), errorText(error))
    } finally {
      uploads.current.delete(key)
    }
  }
  const add = (files: readonly File[]) => {
    if (!rules) return
    const pictures = files.filter((file) => file.type.startsWith('image/'))
    const room = rules.maxCount - picked.length
    if (pictures.length > room) toast.error(t('imageLimit', { count: rules.maxCount }))
    for (const file of pictures.slice(0, Math.max(0, room))) {
      if (file.size > rules.maxMegabytes * BYTES_PER_MEGABYTE) {
        toast.error(t('imageTooLarge', { name: file.name, megabytes: rules.maxMegabytes }))
        continue
      }
      const key = crypto.randomUUID?.() ?? `${file.name}-${performance.now()}`
      setPicked((images) => [...images, { key, name: file.name, url: URL.createObjectURL(file) }])
      void upload(key, file)
    }
  }
  const take = () => {
    const done = picked.flatMap(({ uploadId, name, url }) => (uploadId === undefined ? [] : [{ id: uploadId, name, url, uploadId }]))
    setPicked([])
    const files = done.map(
      ({ uploadId }): FileInput => ({ type: 'image', transfer_method: 'local_file', url: undefined, upload_file_id: uploadId }),
    )
    return { files, images: done }
  }
  return { isOffered: rules !== undefined, picked, isUploading: picked.some((image) => image.uploadId === undefined), add, remove, take }
}
