import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, CopyButton } from '../../../../design/index.ts'
import { useFormat } from '../../../../i18n/useFormat.ts'

export interface ValueTableProps {
  readonly label: string
  readonly values: Readonly<Record<string, unknown>> | null
  /** The server sent less than there is. */
  readonly isTruncated?: boolean
}

/** Named values: text as it is, everything else as JSON; long ones open on demand. Nothing where there are none. */
export function ValueTable({ label, values, isTruncated = false }: ValueTableProps) {
  const { t } = useTranslation('workflow')
  const entries = Object.entries(values ?? {})
  if (entries.length === 0) return null
  return (
    <section aria-label={label} className="min-w-0 overflow-hidden rounded-md border border-line bg-surface">
      <div className="flex h-8 items-center gap-2 border-b border-line pr-1 pl-3 text-s font-medium text-ink-2">
        <h4 className="flex-1">{label}</h4>
        {isTruncated && <span className="font-normal text-warn">{t('trace.truncated')}</span>}
        <CopyButton text={() => JSON.stringify(values, null, 2)} />
      </div>
      <dl className="divide-y divide-line">
        {entries.map(([name, value]) => (
          <div key={name} className="grid grid-cols-[minmax(6rem,10rem)_minmax(0,1fr)] gap-x-3 px-3 py-1.5 max-sm:grid-cols-1">
            <dt className="truncate font-mono text-s text-ink-3" title={name}>
              {name}
            </dt>
            <dd className="min-w-0">
              <Value value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const SHOWN_LENGTH = 1200

function Value({ value }: { readonly value: unknown }) {
  const { t } = useTranslation('workflow')
  const format = useFormat()
  const [isWhole, setWhole] = useState(false)
  if (value === '' || value === undefined) return <span className="text-s text-ink-3">{t('trace.empty')}</span>
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2)
  const isLong = text.length > SHOWN_LENGTH
  return (
    <>
      <pre className="max-h-100 overflow-y-auto font-mono text-s leading-relaxed whitespace-pre-wrap wrap-anywhere">
        {isLong && !isWhole ? `${text.slice(0, SHOWN_LENGTH)}…` : text}
      </pre>
      {isLong && (
        <Button size="s" variant="ghost" className="mt-1 -ml-2" onClick={() => setWhole(!isWhole)}>
          {isWhole ? t('trace.less') : t('trace.all', { count: text.length, text: format.number(text.length) })}
        </Button>
      )}
    </>
  )
}
