import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox, Notice, Select, Switch } from '../../../design/index.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import type { FileMethod } from '../../form/file-rules.ts'
import { useModelOption } from '../../models/useModelOption.ts'
import { Section } from '../Section.tsx'
import { useConfig } from '../useConfig.ts'
import {
  canRead,
  type FileKind,
  fileKinds,
  readUploadSettings,
  typesFor,
  type UploadSettings,
  writeUploadSettings,
} from './upload-settings.ts'

/** Which files people may attach, as far as the app's model can read them. */
export function FilesSection({ isChat }: { readonly isChat: boolean }) {
  const { t } = useTranslation('orchestrate')
  const text = useLocalizedText()
  const { config, patch, isReadOnly } = useConfig()
  // A draft may have been saved without a model.
  const { provider, name } = config.model ?? { provider: '', name: '' }
  const option = useModelOption(provider, name)
  const features = option?.model.features ?? []
  const model = option ? text(option.model.label, option.model.model) : name
  const settings = readUploadSettings(config.file_upload)
  const { isEnabled } = settings
  const change = (part: Partial<UploadSettings>) =>
    patch({ file_upload: writeUploadSettings(config.file_upload, { ...settings, ...part }) })
  // What is not known of a model is not held against it.
  const isBlind = option !== undefined && !fileKinds.some((kind) => canRead(features, kind))
  return (
    <Section title={t('files.title')}>
      <div className="rounded-md border border-line bg-surface px-3 py-2.5">
        <Switch
          label={t('files.attach')}
          hint={isBlind ? t('files.blind', { model }) : t(isChat ? 'files.attachHint' : 'files.attachHintForm')}
          disabled={isReadOnly || (!isEnabled && (option === undefined || isBlind))}
          checked={isEnabled}
          onCheckedChange={(next) => change({ isEnabled: next, ...(next && { types: typesFor(features, settings.types) }) })}
        />
        {isEnabled && (
          <div className="mt-3 flex flex-col gap-3 border-t border-line pt-3">
            <Kinds settings={settings} features={option ? features : undefined} model={model} isReadOnly={isReadOnly} onChange={change} />
            <Limits settings={settings} isReadOnly={isReadOnly} onChange={change} />
          </div>
        )}
      </div>
    </Section>
  )
}

interface PartProps {
  readonly settings: UploadSettings
  readonly isReadOnly: boolean
  readonly onChange: (part: Partial<UploadSettings>) => void
}

interface KindsProps extends PartProps {
  /** Undefined where the model is not known. */
  readonly features: readonly string[] | undefined
  readonly model: string
}

/** Kinds that the model cannot read are offered only to be taken away. */
function Kinds({ settings: { types }, features, model, isReadOnly, onChange }: KindsProps) {
  const { t, i18n } = useTranslation(['orchestrate', 'chat'])
  const id = useId()
  const shown = types.includes('custom') ? ([...fileKinds, 'custom'] as const) : fileKinds
  const isReadable = (kind: FileKind | 'custom') => features === undefined || canRead(features, kind)
  const unread = shown.filter((kind) => types.includes(kind) && !isReadable(kind)).map((kind) => t(`chat:files.types.${kind}`))
  const toggle = (kind: FileKind | 'custom', isOn: boolean) =>
    onChange({ types: shown.filter((each) => (each === kind ? isOn : types.includes(each))) })
  return (
    <>
      {/* A group of its own: a field would name each box by its label. */}
      <fieldset aria-labelledby={id} className="flex flex-col gap-1.5">
        <span id={id} className="text-s font-medium text-ink-2">
          {t('files.kinds')}
        </span>
        <div className="flex flex-wrap gap-x-5 gap-y-2">
          {shown.map((kind) => {
            const isOn = types.includes(kind)
            return (
              <Checkbox
                key={kind}
                label={t(`chat:files.types.${kind}`)}
                checked={isOn}
                disabled={isReadOnly || (isOn ? types.length === 1 : !isReadable(kind))}
                onCheckedChange={(next) => toggle(kind, next)}
              />
            )
          })}
        </div>
      </fieldset>
      {unread.length > 0 && (
        <Notice tone="warn">
          {t('files.unread', { model, kinds: new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(unread) })}
        </Notice>
      )}
    </>
  )
}

const ways = {
  both: ['local_file', 'remote_url'],
  device: ['local_file'],
  address: ['remote_url'],
} as const satisfies Record<string, readonly FileMethod[]>
type Way = keyof typeof ways
const MAX_FILES = 10

function Limits({ settings: { types, methods, maxCount, detail }, isReadOnly, onChange }: PartProps) {
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
      {types.includes('image') && (
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
