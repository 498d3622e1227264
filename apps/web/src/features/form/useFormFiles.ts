import type { FileInput } from '@trellis/contracts'
import { useState } from 'react'
import type { FileRules } from './file-rules.ts'
import { fileInputsOf, type PickedFile } from './picked-file.ts'
import type { ChangeFiles } from './useFilePicks.ts'

/** Files that go with a form, beside its fields. */
export interface FormFiles {
  readonly rules: FileRules
  readonly picked: readonly PickedFile[]
  readonly change: ChangeFiles
  /** At the last attempt something was still on its way, or refused, and is. */
  readonly isUnready: boolean
  /** The files to send; null where one is not ready, which the form then says. */
  readonly collect: () => FileInput[] | null
  readonly clear: () => void
}

/** Undefined where the app takes no files. */
export function useFormFiles(rules: FileRules | undefined): FormFiles | undefined {
  const [picked, setPicked] = useState<readonly PickedFile[]>([])
  const [isChecked, setChecked] = useState(false)
  const isUnready = picked.some(({ state }) => state.status !== 'ready')
  if (!rules) return undefined
  return {
    rules,
    picked,
    change: setPicked,
    isUnready: isChecked && isUnready,
    collect: () => {
      setChecked(isUnready)
      return isUnready ? null : fileInputsOf(picked)
    },
    clear: () => setPicked([]),
  }
}
