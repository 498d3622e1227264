import type { FileType } from '@trellis/contracts'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '../../../design/index.ts'
import { formatList } from '../../../i18n/format-list.ts'
import type { UploadSettings } from './upload-settings.ts'
import { useKindName } from './useKindName.ts'

export interface FileKindsProps {
  readonly settings: Pick<UploadSettings, 'types' | 'extensions'>
  /** In their order. */
  readonly offered: readonly FileType[]
  /** What cannot be read may be taken away only. */
  readonly isReadable: (kind: FileType) => boolean
  readonly isReadOnly: boolean
  /** Whose reading decides what may be chosen; undefined where everything may. */
  readonly model?: string | undefined
  readonly onChange: (part: Pick<UploadSettings, 'types'>) => void
}

/** Which kinds of files are taken: one at least. Why a box cannot be ticked, or not be cleared, stands below. */
export function FileKinds({ settings: { types, extensions }, offered, isReadable, isReadOnly, model, onChange }: FileKindsProps) {
  const { t, i18n } = useTranslation('orchestrate')
  const nameOf = useKindName(extensions)
  const ids = { label: useId(), reason: useId() }
  const barred = offered.filter((kind) => !types.includes(kind) && !isReadable(kind)).map(nameOf)
  return (
    // A group of its own: a field would name each box by its label.
    <fieldset aria-labelledby={ids.label} aria-describedby={isReadOnly ? undefined : ids.reason} className="flex flex-col gap-1.5">
      <span id={ids.label} className="text-s font-medium text-ink-2">
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
      {!isReadOnly && (
        <div id={ids.reason} className="text-s text-ink-3 empty:hidden">
          {types.length === 1 && <p>{t('files.oneKind')}</p>}
          {barred.length > 0 && model !== undefined && <p>{t('files.barred', { model, kinds: formatList(i18n.language, barred) })}</p>}
        </div>
      )}
    </fieldset>
  )
}
