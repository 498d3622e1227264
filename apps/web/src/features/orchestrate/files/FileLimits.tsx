import { useTranslation } from 'react-i18next'
import { Select } from '../../../design/index.ts'
import type { FileMethod } from '../../form/file-rules.ts'
import type { UploadSettings } from './upload-settings.ts'

const ways = {
  both: ['local_file', 'remote_url'],
  device: ['local_file'],
  address: ['remote_url'],
} as const satisfies Record<string, readonly FileMethod[]>
type Way = keyof typeof ways
const MAX_FILES = 10

export interface FileLimitsProps {
  readonly settings: UploadSettings
  readonly hasDetail: boolean
  readonly isReadOnly: boolean
  readonly onChange: (part: Partial<UploadSettings>) => void
}

/** From where files come, how many, and (where that is not set elsewhere) how closely pictures are looked at. */
export function FileLimits({ settings: { types, methods, maxCount, detail }, hasDetail, isReadOnly, onChange }: FileLimitsProps) {
  const { t } = useTranslation('orchestrate')
  const way: Way = methods.length > 1 ? 'both' : methods.includes('local_file') ? 'device' : 'address'
  const counts = Array.from({ length: Math.max(MAX_FILES, maxCount) }, (_, position) => String(position + 1))
  return (
    <div className="flex items-end gap-2 max-sm:flex-wrap">
      <Select
        label={t('files.way')}
        className="min-w-40 flex-1"
        disabled={isReadOnly}
        options={(['both', 'device', 'address'] as const).map((value) => ({ value, label: t(`files.ways.${value}`) }))}
        value={way}
        onValueChange={(next) => onChange({ methods: ways[next] })}
      />
      <Select
        label={t('files.maxCount')}
        className="min-w-24 flex-1"
        disabled={isReadOnly}
        options={counts.map((value) => ({ value, label: value }))}
        value={String(maxCount)}
        onValueChange={(next) => onChange({ maxCount: Number(next) })}
      />
      {hasDetail && types.includes('image') && (
        <Select
          label={t('files.detail')}
          className="min-w-32 flex-1"
          disabled={isReadOnly}
          options={(['low', 'high'] as const).map((value) => ({ value, label: t(`files.details.${value}`) }))}
          value={detail}
          onValueChange={(next) => onChange({ detail: next })}
        />
      )}
    </div>
  )
}
