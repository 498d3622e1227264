import { useEffect, useRef } from 'react'
import { nameInAddress } from './file-kinds.ts'
import { useFilePort } from './file-port.ts'
import { admit, type FileRules, sizeLimitOf } from './file-rules.ts'
import type { FileFault, PickedFile, PickState } from './picked-file.ts'

/** A change of the files, made on those that stand there by then. */
export type ChangeFiles = (change: (files: readonly PickedFile[]) => readonly PickedFile[]) => void

export interface FilePicks {
  readonly add: (files: readonly File[]) => void
  readonly addAddress: (url: string) => void
  readonly remove: (key: string) => void
}

export interface FilePicksOptions {
  readonly rules: FileRules
  readonly change: ChangeFiles
}

const BYTES_PER_MEGABYTE = 1024 * 1024

/** Files on their way into a form: uploaded as soon as they are picked. One that is refused stays, with the reason, until it is removed. */
export function useFilePicks({ rules, change }: FilePicksOptions): FilePicks {
  const port = useFilePort()
  const controllers = useRef(new Map<string, AbortController>())
  useEffect(() => {
    const { current } = controllers
    return () => {
      for (const controller of current.values()) controller.abort()
    }
  }, [])

  // The newest takes the place of an only one.
  const put = (file: PickedFile) =>
    change((files) => (rules.maxCount === 1 ? [file] : files.length < rules.maxCount ? [...files, file] : files))
  const update = (key: string, news: Partial<PickedFile>) =>
    change((files) => files.map((file) => (file.key === key ? { ...file, ...news } : file)))
  const setState = (key: string, state: PickState) => update(key, { state })
  const refuse = (key: string, fault: FileFault) => setState(key, { status: 'failed', fault })

  const attempt = async (file: PickedFile, work: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    const controller = new AbortController()
    controllers.current.set(file.key, controller)
    put(file)
    try {
      await work(controller.signal)
    } catch (error) {
      if (!controller.signal.aborted) refuse(file.key, { reason: 'not-taken', error })
    } finally {
      controllers.current.delete(file.key)
    }
  }

  const upload = (file: File) => {
    const type = admit(rules, file.name, file.type)
    const picked = {
      key: newKey(),
      name: file.name,
      type: type ?? 'custom',
      sizeBytes: file.size,
      previewUrl: URL.createObjectURL(file),
    } as const
    if (type === undefined) return put({ ...picked, state: { status: 'failed', fault: { reason: 'wrong-type', rules } } })
    void attempt({ ...picked, state: { status: 'uploading', progress: 0 } }, async (signal) => {
      const limit = sizeLimitOf(type, await port.limits())
      if (file.size > limit * BYTES_PER_MEGABYTE) return refuse(picked.key, { reason: 'too-large', megabytes: limit })
      const onProgress = (progress: number) => setState(picked.key, { status: 'uploading', progress })
      const uploadId = await port.upload(file, { signal, onProgress })
      setState(picked.key, { status: 'ready', source: { uploadId } })
    })
  }

  const addAddress = (url: string) => {
    const name = nameInAddress(url) || url
    const picked: PickedFile = {
      key: newKey(),
      name,
      type: admit(rules, name, '') ?? 'custom',
      sizeBytes: undefined,
      state: { status: 'uploading', progress: undefined },
    }
    void attempt(picked, async (signal) => {
      const { mimeType, sizeBytes } = await port.describe(url, signal)
      const type = admit(rules, name, mimeType)
      if (type === undefined) return refuse(picked.key, { reason: 'wrong-type', rules })
      update(picked.key, { type, sizeBytes: sizeBytes > 0 ? sizeBytes : undefined, state: { status: 'ready', source: { url } } })
    })
  }

  return {
    add: (files) => {
      for (const file of files.slice(0, rules.maxCount)) upload(file)
    },
    addAddress,
    remove: (key) => {
      controllers.current.get(key)?.abort()
      change((files) => files.filter((file) => file.key !== key))
    },
  }
}

let keys = 0
const newKey = (): string => `file-${++keys}`
