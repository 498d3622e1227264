import { Upload } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, cx } from '../../design/index.ts'
import { formatList } from '../../i18n/format-list.ts'
import { endsInOneOf } from './file-endings.ts'
import { useFileDrop } from './useFileDrop.ts'

export interface SingleFileFieldProps {
  readonly label: string
  /** How names of such files end, with the dot. */
  readonly endings: readonly string[]
  readonly onFile: (file: File) => void
}

/** One file, chosen or dropped, whose name is shown: browsers' own fields speak the browser's language. */
export function SingleFileField({ label, endings, onFile }: SingleFileFieldProps) {
  const { t, i18n } = useTranslation('chat')
  const ids = { label: useId(), state: useId() }
  const input = useRef<HTMLInputElement>(null)
  const [name, setName] = useState<string>()
  const [isWrong, setWrong] = useState(false)
  const take = (file: File | undefined): void => {
    if (!file) return
    const fits = endsInOneOf(file.name, endings)
    setWrong(!fits)
    if (!fits) return
    setName(file.name)
    onFile(file)
  }
  const drop = useFileDrop(([file]) => take(file))
  const kinds = formatList(i18n.language, endings, { type: 'disjunction', style: 'short' })
  return (
    <section aria-labelledby={ids.label} {...drop.handlers} className="flex min-w-0 flex-col gap-1.5">
      <span id={ids.label} className="text-s font-medium text-ink-2">
        {label}
      </span>
      <div
        className={cx(
          'flex items-center gap-2.5 rounded-sm border border-dashed px-2.5 py-3 transition-colors',
          drop.isOver ? 'border-accent bg-accent-soft' : isWrong ? 'border-bad' : 'border-line-2',
        )}
      >
        <Button
          size="s"
          className="shrink-0"
          icon={<Upload size={13} aria-hidden />}
          aria-describedby={ids.state}
          onClick={() => input.current?.click()}
        >
          {name === undefined ? t('files.choose', { count: 1 }) : t('files.chooseOther')}
        </Button>
        {/* Said when it changes: what was chosen, or why it was not taken. */}
        <span id={ids.state} role="status" className={cx('min-w-0 truncate', name === undefined ? 'text-s text-ink-3' : 'text-ink')}>
          {name ?? t('files.orDrop')}
        </span>
        <input
          ref={input}
          type="file"
          hidden
          accept={endings.join(',')}
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            // The same file may be chosen again once it was changed.
            event.currentTarget.value = ''
          }}
        />
      </div>
      {isWrong && (
        <span role="alert" className="text-s text-bad">
          {t('files.wrongKind', { kinds })}
        </span>
      )}
    </section>
  )
}
