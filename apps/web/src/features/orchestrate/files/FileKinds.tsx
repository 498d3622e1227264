import type { FileType } from '@trellis/contracts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '../../../design/index.ts'
import type { UploadSettings } from './upload-settings.ts'
import { useKindName } from './useKindName.ts'

export interface FileKindsProps {
  readonly settings: Pick<UploadSettings, 'types' | 'extensions'>
  /** In their order. */
  readonly offered: readonly FileType[]
  /** What cannot be read may be taken away only. */
  readonly isReadable: (kind: FileType) => boolean
  readonly isReadOnly: boolean
  readonly onChange: (part: Pick<UploadSettings, 'types'>) => void
}

/** Which kinds of files are taken: one at least. */
export function FileKinds({ settings: { types, extensions }, offered, isReadable, isReadOnly, onChange }: FileKindsProps) {
  const { t } = useTranslation('orchestrate')
  const nameOf = useKindName(extensions)
  const id = useId()
  return (
    // A group of its own: a field would name each box by its label.
    <fieldset aria-labelledby={id} className="flex flex-col gap-1.5">
      <span id={id} className="text-s font-medium text-ink-2">
        {t('files.kinds')}
      </span>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {offered.map((kind) => {
          const isOn = types.includes(kind)
          return (
            <Checkbox
              key={kind}
              label={nameOf(kind)}
              checked={isOn}
              disabled={isReadOnly || (isOn ? types.length === 1 : !isReadable(kind))}
              onCheckedChange={(next) => onChange({ types: offered.filter((each) => (each === kind ? next : types.includes(each))) })}
            />
          )
        })}
      </div>
    </fieldset>
  )
}
