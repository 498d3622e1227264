import type { FileType } from '@trellis/contracts'
import { useTranslation } from 'react-i18next'
import { Notice, Switch } from '../../../design/index.ts'
import { formatList } from '../../../i18n/format-list.ts'
import { useLocalizedText } from '../../../i18n/useLocalizedText.ts'
import { useModelOption } from '../../models/useModelOption.ts'
import { Section } from '../Section.tsx'
import { useConfig } from '../useConfig.ts'
import { FileKinds } from './FileKinds.tsx'
import { FileLimits } from './FileLimits.tsx'
import { canRead, fileKinds, readUploadSettings, typesFor, type UploadSettings, writeUploadSettings } from './upload-settings.ts'
import { useKindName } from './useKindName.ts'

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
            <FileLimits settings={settings} hasDetail isReadOnly={isReadOnly} onChange={change} />
          </div>
        )}
      </div>
    </Section>
  )
}

interface KindsProps {
  readonly settings: UploadSettings
  /** Undefined where the model is not known. */
  readonly features: readonly string[] | undefined
  readonly model: string
  readonly isReadOnly: boolean
  readonly onChange: (part: Partial<UploadSettings>) => void
}

/** Kinds that the model cannot read are offered only to be taken away: files of other types, which no model reads, came with a file. */
function Kinds({ settings, features, model, isReadOnly, onChange }: KindsProps) {
  const { t, i18n } = useTranslation('orchestrate')
  const nameOf = useKindName(settings.extensions)
  const { types } = settings
  const offered: readonly FileType[] = types.includes('custom') ? [...fileKinds, 'custom'] : fileKinds
  const isReadable = (kind: FileType) => features === undefined || canRead(features, kind)
  const unread = offered.filter((kind) => types.includes(kind) && !isReadable(kind)).map(nameOf)
  return (
    <>
      <FileKinds
        settings={settings}
        offered={offered}
        isReadable={isReadable}
        isReadOnly={isReadOnly}
        // Of one that reads none of them the switch above says so.
        model={offered.some(isReadable) ? model : undefined}
        onChange={onChange}
      />
      {unread.length > 0 && <Notice tone="warn">{t('files.unread', { model, kinds: formatList(i18n.language, unread) })}</Notice>}
    </>
  )
}
