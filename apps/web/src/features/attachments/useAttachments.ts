import type { FileInput } from '@trellis/contracts'
import { useState } from 'react'
import type { TurnFile } from '../chat/turn-file.ts'
import type { FileRules } from '../form/file-rules.ts'
import { fileInputsOf, type PickedFile } from '../form/picked-file.ts'
import { type FilePicks, useFilePicks } from '../form/useFilePicks.ts'

export interface Attachments extends FilePicks {
  /** Undefined where the app takes none. */
  readonly rules: FileRules | undefined
  readonly picked: readonly PickedFile[]
  /** What a person reads of a failed upload. */
  readonly textOf: (error: unknown) => string
  /** Something is on its way, or was refused and has to be taken away first. */
  readonly isUnready: boolean
  /** Hands over what was picked and begins anew. */
  readonly take: () => { readonly files: FileInput[]; readonly attachments: readonly TurnFile[] }
}

const NO_FILES: FileRules = { types: [], extensions: [], methods: [], maxCount: 0 }

/** Files beside the next message: uploaded as soon as they are picked. */
export function useAttachments(rules: FileRules | undefined, textOf: (error: unknown) => string): Attachments {
  const [picked, setPicked] = useState<readonly PickedFile[]>([])
  const picks = useFilePicks({ rules: rules ?? NO_FILES, change: setPicked })
  return {
    ...picks,
    rules,
    picked,
    textOf,
    isUnready: picked.some(({ state }) => state.status !== 'ready'),
    take: () => {
      setPicked([])
      return { files: fileInputsOf(picked), attachments: picked.flatMap(toTurnFile) }
    },
  }
}

function toTurnFile({ key, name, type, previewUrl, state }: PickedFile): TurnFile[] {
  if (state.status !== 'ready') return []
  const { source } = state
  const file = { id: key, name, type }
  return 'url' in source ? [{ ...file, url: source.url, uploadId: null }] : [{ ...file, url: previewUrl ?? '', uploadId: source.uploadId }]
}
