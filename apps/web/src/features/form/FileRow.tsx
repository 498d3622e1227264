import { File, FileAudio, FileText, FileVideo, Image, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx, IconButton, Spinner } from '../../design/index.ts'
import { useFormat } from '../../i18n/useFormat.ts'
import type { FileRules } from './file-rules.ts'
import type { FileFault, PickedFile } from './picked-file.ts'
import { useFileKinds } from './useFileKinds.ts'

const icons = { image: Image, document: FileText, audio: FileAudio, video: FileVideo, custom: File }

export interface FileRowProps {
  readonly file: PickedFile
  readonly isDisabled?: boolean
  readonly onRemove: () => void
  /** What a person is told of a failed upload. */
  readonly textOf: (error: unknown) => string
}

/** One file of a form, and how far it is. */
export function FileRow({ file: { name, type, sizeBytes, state }, isDisabled, onRemove, textOf }: FileRowProps) {
  const { t } = useTranslation('chat')
  const format = useFormat()
  const Icon = icons[type]
  const isUploading = state.status === 'uploading'
  return (
    <li
      className={cx(
        'relative flex min-w-0 items-center gap-2 overflow-hidden rounded-sm border bg-surface py-1 pr-1 pl-2.5 text-m leading-normal',
        state.status === 'failed' ? 'border-bad' : 'border-line',
      )}
    >
      {isUploading ? <Spinner /> : <Icon size={14} aria-hidden className="shrink-0 text-ink-3" />}
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <span className="truncate" title={name}>
            {name}
          </span>
          {sizeBytes !== undefined && <span className="shrink-0 font-mono text-xs text-ink-3">{format.fileSize(sizeBytes)}</span>}
        </div>
        {state.status === 'failed' && (
          <p role="alert" className="text-s text-pretty wrap-anywhere text-bad">
            <FaultText fault={state.fault} textOf={textOf} />
          </p>
        )}
      </div>
      {isUploading && state.progress !== undefined && (
        <span className="font-mono text-xs text-ink-3">{format.number(state.progress, { style: 'percent' })}</span>
      )}
      <IconButton label={t(isUploading ? 'files.cancel' : 'files.remove', { name })} size="s" disabled={isDisabled} onClick={onRemove}>
        <X size={13} aria-hidden />
      </IconButton>
      {isUploading && (
        <span
          role="progressbar"
          aria-label={t('files.uploading', { name })}
          {...(state.progress !== undefined && { 'aria-valuenow': Math.round(state.progress * 100) })}
          className="absolute inset-x-0 bottom-0 h-0.5 bg-surface-3"
        >
          <span className="block h-full bg-accent transition-[width]" style={{ width: `${(state.progress ?? 0.1) * 100}%` }} />
        </span>
      )}
    </li>
  )
}

function FaultText({ fault, textOf }: { readonly fault: FileFault; readonly textOf: (error: unknown) => string }) {
  const { t } = useTranslation('chat')
  const format = useFormat()
  switch (fault.reason) {
    case 'wrong-type':
      return <WrongType rules={fault.rules} />
    case 'too-large':
      return t('files.tooLarge', { size: format.number(fault.megabytes) })
    case 'not-taken':
      return textOf(fault.error)
  }
}

function WrongType({ rules }: { readonly rules: FileRules }) {
  const { t } = useTranslation('chat')
  return t('files.wrongType', { kinds: useFileKinds(rules, 'within') })
}
