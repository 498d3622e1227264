import { Link2, Upload } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, cx } from '../../design/index.ts'
import { AddressField } from './AddressField.tsx'
import { FileRow } from './FileRow.tsx'
import { acceptOf, type FileRules } from './file-rules.ts'
import type { PickedFile } from './picked-file.ts'
import { useFileDrop } from './useFileDrop.ts'
import { useFileKinds } from './useFileKinds.ts'
import { type ChangeFiles, type FilePicks, useFilePicks } from './useFilePicks.ts'

export interface FileFieldProps {
  readonly label: string
  readonly hint?: string | undefined
  readonly isRequired: boolean
  readonly isDisabled: boolean
  readonly error: string | null
  readonly rules: FileRules
  readonly files: readonly PickedFile[]
  readonly onChange: ChangeFiles
  /** What a person is told of a failed upload. */
  readonly textOf: (error: unknown) => string
}

/** Files for a run: chosen, dropped, or named by their address; each with its progress, and its reason where it is refused. */
export function FileField({ label, hint, isRequired, isDisabled, error, rules, files, onChange, textOf }: FileFieldProps) {
  const { t } = useTranslation('chat')
  const ids = { label: useId(), hint: useId(), error: useId() }
  const picks = useFilePicks({ rules, change: onChange })
  const hasRoom = rules.maxCount === 1 || files.length < rules.maxCount
  const told = [hint ?? '', useFileKinds(rules), rules.maxCount > 1 ? t('files.atMost', { count: rules.maxCount }) : '']
  return (
    <fieldset aria-labelledby={ids.label} aria-describedby={error ? ids.error : ids.hint} className="flex min-w-0 flex-col gap-1.5">
      <span id={ids.label} className="text-s font-medium text-ink-2">
        {label}
        {isRequired && (
          <span className="ml-0.5 text-ink-3" aria-hidden>
            *
          </span>
        )}
      </span>
      {files.length > 0 && (
        <ul className="flex flex-col gap-1">
          {files.map((file) => (
            <FileRow key={file.key} file={file} isDisabled={isDisabled} onRemove={() => picks.remove(file.key)} textOf={textOf} />
          ))}
        </ul>
      )}
      {hasRoom && <Picker picks={picks} rules={rules} isDisabled={isDisabled} isCompact={files.length > 0} isInvalid={error !== null} />}
      {error ? (
        <span id={ids.error} className="text-s text-bad">
          {error}
        </span>
      ) : (
        <span id={ids.hint} className="text-s text-ink-3">
          {told.filter((part) => part !== '').join(' · ')}
        </span>
      )}
    </fieldset>
  )
}

interface PickerProps {
  readonly picks: FilePicks
  readonly rules: FileRules
  readonly isDisabled: boolean
  readonly isCompact: boolean
  readonly isInvalid: boolean
}

function Picker({ picks, rules, isDisabled, isCompact, isInvalid }: PickerProps) {
  const { t } = useTranslation('chat')
  const input = useRef<HTMLInputElement>(null)
  const mayUpload = rules.methods.includes('local_file')
  const [isAddress, setAddress] = useState(!mayUpload)
  const drop = useFileDrop((files) => {
    if (mayUpload && !isDisabled) picks.add(files)
  })
  if (isAddress)
    return <AddressField isOnly={!mayUpload} isDisabled={isDisabled} onAdd={picks.addAddress} onClose={() => setAddress(false)} />
  return (
    <section
      aria-label={t('files.choose', { count: rules.maxCount })}
      {...drop.handlers}
      className={cx(
        'flex flex-wrap items-center gap-2 rounded-sm border border-dashed px-2.5 transition-colors',
        isCompact ? 'py-1.5' : 'py-3',
        drop.isOver ? 'border-accent bg-accent-soft' : isInvalid ? 'border-bad' : 'border-line-2',
      )}
    >
      <Button size="s" icon={<Upload size={13} aria-hidden />} disabled={isDisabled} onClick={() => input.current?.click()}>
        {t('files.choose', { count: rules.maxCount })}
      </Button>
      {rules.methods.includes('remote_url') && (
        <Button size="s" variant="ghost" icon={<Link2 size={13} aria-hidden />} disabled={isDisabled} onClick={() => setAddress(true)}>
          {t('files.byAddress')}
        </Button>
      )}
      {!isCompact && <span className="ml-auto text-s text-ink-3 max-xl:hidden">{t('files.orDrop')}</span>}
      <input
        ref={input}
        type="file"
        hidden
        multiple={rules.maxCount > 1}
        accept={acceptOf(rules)}
        onChange={(event) => {
          picks.add([...(event.currentTarget.files ?? [])])
          event.currentTarget.value = ''
        }}
      />
    </section>
  )
}
